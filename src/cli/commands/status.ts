import { runningServer } from '../../running-server.ts';
import { askServer, optionsOf } from '../ask-server.ts';
import { columns } from '../columns.ts';
import type { Command } from '../command.ts';

interface Health {
  readonly version: string;
  readonly auth: string;
  readonly region: string;
  readonly store: string;
  readonly compute: { readonly driver: string; readonly realization: string };
  readonly services: Readonly<Record<string, string>>;
}

export const status: Command = {
  help: `usage: alacarte status [--data-dir <directory>]

Exit code 0 where a server runs on the data directory (.alacarte), 1 where none does.
`,
  async run(args, { environment, out }) {
    const { dataDir: directory } = optionsOf(args, environment);
    const server = runningServer(directory);
    if (!server) {
      out(`No server runs on ${directory}. Start one: alacarte up\n`);
      return 1;
    }
    const health = await askServer<Health>(server, directory, 'health');
    const built = Object.keys(health.services).filter(
      (name) => health.services[name] === 'running',
    );
    out(
      columns([
        ['endpoint', server.endpoint],
        ['process', String(server.pid)],
        ['version', health.version],
        ['data', directory],
        ['store', health.store],
        ['auth', health.auth],
        ['region', health.region],
        ['compute', `${health.compute.driver} (${health.compute.realization})`],
        ['services', built.join(' ')],
      ]),
    );
    return 0;
  },
};
