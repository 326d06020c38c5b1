import { runServiceCommand } from '../../src/cli/service-command.ts';
import { environmentFor, type Outcome } from './stock-cli.ts';

/** Runs a command line of ours in this process. */
export async function runOurCli(line: readonly string[], endpoint: string): Promise<Outcome> {
  let out = '';
  let error = '';
  const code = await runServiceCommand(line, {
    environment: environmentFor(endpoint),
    out: (text) => {
      out += text;
    },
    error: (text) => {
      error += text;
    },
    isTerminal: false,
    widthColumns: 80,
  });
  return { code, out, error };
}
