import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from '../command.ts';
import { Failure } from '../failure.ts';
import { dataDirectoryOf, isAlive, runningServer } from '../server-state.ts';

const PATIENCE_MS = 30_000;

export const down: Command = {
  summary: 'stop the cloud of this data directory',
  help: `usage: alacarte down [--data-dir <directory>]

Stops the server that runs on the data directory (.alacarte), once what is under way is done.
Everything is kept. Instances keep running; the next \`alacarte up\` takes over.
`,
  async run(args, { environment, out }) {
    const directory = dataDirectoryOf(args, environment);
    const server = runningServer(directory);
    if (!server) {
      out(`No server runs on ${directory}.\n`);
      return 0;
    }
    process.kill(server.pid, 'SIGTERM');
    const deadlineMs = performance.now() + PATIENCE_MS;
    while (isAlive(server.pid)) {
      if (performance.now() > deadlineMs) {
        throw new Failure(`Process ${server.pid} has not ended in ${PATIENCE_MS / 1000} s.`, 1);
      }
      await sleep(50);
    }
    out(`Stopped ${server.endpoint}.\n`);
    return 0;
  },
};
