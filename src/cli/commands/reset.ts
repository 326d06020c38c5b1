import { runningServer } from '../../running-server.ts';
import { askServer, optionsOf } from '../ask-server.ts';
import type { Command } from '../command.ts';

export const reset: Command = {
  help: `usage: alacarte reset [--data-dir <directory>]

Removes everything from the cloud that runs on the data directory (.alacarte), if it was started with
--allow-reset. One that was started with --ephemeral is reset by POST /_alacarte/reset.
`,
  async run(args, { environment, out }) {
    const { dataDir: directory } = optionsOf(args, environment);
    const server = runningServer(directory);
    if (!server) {
      out(`No server runs on ${directory}.\n`);
      return 1;
    }
    await askServer(server, directory, 'reset', 'POST');
    out(`${server.endpoint} is empty.\n`);
    return 0;
  },
};
