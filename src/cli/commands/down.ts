import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning } from '../../kernel/process-identity.ts';
import { runningServer } from '../../running-server.ts';
import { optionsOf } from '../ask-server.ts';
import type { Command } from '../command.ts';
import { Failure } from '../failure.ts';

const PATIENCE_MS = 30_000;

export const down: Command = {
  help: `usage: alacarte down [--data-dir <directory>]

Stops the server that runs on the data directory (.alacarte), once what is under way is done.
Everything is kept. Instances keep running; the next \`alacarte up\` takes over. A server that was
started with --ephemeral has no data directory: Ctrl-C stops it.
`,
  async run(args, { environment, out }) {
    const { dataDir: directory } = optionsOf(args, environment);
    const server = runningServer(directory);
    if (!server) {
      out(`No server runs on ${directory}.\n`);
      return 0;
    }
    askToStop(server.pid);
    const deadlineMs = performance.now() + PATIENCE_MS;
    while (isRunning(server)) {
      if (performance.now() > deadlineMs) {
        throw new Failure(`Process ${server.pid} has not ended in ${PATIENCE_MS / 1000} s.`, 1);
      }
      await sleep(50);
    }
    out(`Stopped ${server.endpoint}.\n`);
    return 0;
  },
};

function askToStop(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ESRCH') return; // it has just ended
    throw new Failure(`Process ${pid} cannot be stopped: ${String(cause)}`, 1, { cause });
  }
}
