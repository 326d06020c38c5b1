import { parseArgs } from 'node:util';
import { readOptions } from '../../options.ts';
import { runningServer } from '../../running-server.ts';
import type { Entry, Missed } from '../../gateway/activity/entry.ts';
import { readServer } from '../ask-server.ts';
import type { Command } from '../command.ts';
import { usageError } from '../failure.ts';
import { type Terminal, wantsColour } from '../terminal.ts';
import { activityLine } from '../activity-line.ts';

export const watch: Command = {
  help: `usage: alacarte watch [--service <service>] [--errors] [--bodies] [--json] [--data-dir <directory>]

Shows each call that the server answers: what is kept of the last ones, then those to come, until
Ctrl-C or the server's end. Calls that a service makes for a caller are indented.

  --service <service>   only calls of one service
  --errors              only calls that were refused or failed
  --bodies              what each call took and gave, without secrets; of calls to come only
  --json                everything that is known, a JSON object a line
`,
  async run(args, terminal) {
    const { dataDir, query, json } = optionsOf(args, terminal);
    const server = runningServer(dataDir);
    if (!server) {
      terminal.out(`No server runs on ${dataDir}. Start one: alacarte up\n`);
      return 1;
    }
    const interrupted = new AbortController();
    const interrupt = (): void => interrupted.abort();
    process.once('SIGINT', interrupt);
    try {
      const lines = readServer(server, dataDir, `activity?${query.toString()}`, interrupted.signal);
      const look = { colour: wantsColour(terminal), widthColumns: widthOf(terminal) };
      for await (const line of lines) {
        const shown = json ? line : activityLine(JSON.parse(line) as Entry | Missed, look);
        terminal.out(`${shown}\n`);
      }
      return 0;
    } finally {
      process.off('SIGINT', interrupt);
    }
  },
};

function optionsOf(
  args: readonly string[],
  { environment }: Terminal,
): { dataDir: string; query: URLSearchParams; json: boolean } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        service: { type: 'string' },
        errors: { type: 'boolean' },
        bodies: { type: 'boolean' },
        json: { type: 'boolean', default: false },
        'data-dir': { type: 'string' },
      },
    });
    const { service, errors, bodies, json, 'data-dir': directory } = values;
    const query = new URLSearchParams();
    if (service !== undefined) query.set('service', service);
    if (errors) query.set('errors', 'true');
    if (bodies) query.set('bodies', 'true');
    const own = directory === undefined ? [] : ['--data-dir', directory];
    return { dataDir: readOptions(own, environment).dataDir, query, json };
  } catch (error) {
    throw usageError((error as Error).message);
  }
}

/** Lines are cut to a terminal's width and stay whole in a pipe. */
function widthOf({ isTerminal, widthColumns }: Terminal): number {
  return isTerminal ? widthColumns : Infinity;
}
