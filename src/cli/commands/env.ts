import { readRootCredentials } from '../../identity/root-credentials.ts';
import { definitions } from '../../options.ts';
import type { Command } from '../command.ts';
import { askServer, dataDirectoryOf, runningServer } from '../server-state.ts';

export const env: Command = {
  summary: 'print the variables that point AWS clients here',
  help: `usage: eval "$(alacarte env)"     [--data-dir <directory>]

Prints export lines for the running cloud, or for one on the usual port where none runs here.
`,
  async run(args, { environment, out }) {
    const directory = dataDirectoryOf(args, environment);
    const server = runningServer(directory);
    const health =
      server && (await askServer<{ auth: string; region: string }>(server, directory, 'health'));
    const root = health?.auth === 'strict' ? await readRootCredentials(directory) : undefined;
    const variables = {
      AWS_ENDPOINT_URL: server?.endpoint ?? `http://127.0.0.1:${definitions.port.initial}`,
      AWS_ACCESS_KEY_ID: root?.accessKeyId ?? 'test',
      AWS_SECRET_ACCESS_KEY: root?.secretAccessKey ?? 'test',
      AWS_DEFAULT_REGION: health?.region ?? definitions.region.initial,
    };
    for (const [name, value] of Object.entries(variables)) out(`export ${name}=${value}\n`);
    return 0;
  },
};
