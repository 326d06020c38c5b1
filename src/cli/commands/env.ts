import { readRootCredentials } from '../../identity/root-credentials.ts';
import { runningServer } from '../../running-server.ts';
import { askServer, optionsOf } from '../ask-server.ts';
import type { Command } from '../command.ts';

export const env: Command = {
  help: `usage: eval "$(alacarte env)"     [--data-dir <directory>]

Prints export lines for the cloud that runs on the data directory (.alacarte), or where none does,
for one on the usual port (4566, or ALACARTE_PORT).
`,
  async run(args, { environment, out }) {
    const { dataDir: directory, port, region } = optionsOf(args, environment);
    const server = runningServer(directory);
    const health =
      server && (await askServer<{ auth: string; region: string }>(server, directory, 'health'));
    const root = health?.auth === 'strict' ? await readRootCredentials(directory) : undefined;
    const variables = {
      AWS_ENDPOINT_URL: server?.endpoint ?? `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: root?.accessKeyId ?? 'test',
      AWS_SECRET_ACCESS_KEY: root?.secretAccessKey ?? 'test',
      AWS_DEFAULT_REGION: health?.region ?? region,
    };
    for (const [name, value] of Object.entries(variables)) out(`export ${name}=${value}\n`);
    return 0;
  },
};
