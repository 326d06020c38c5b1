import { AssertionError } from 'node:assert';
import { definitions, flagOf, OptionError } from '../../options.ts';
import type { Command } from '../command.ts';
import { exitCodes, Failure } from '../failure.ts';

export const up: Command = {
  help: `usage: alacarte up [options]

Starts a cloud and runs it until Ctrl-C or \`alacarte down\`. The line on standard output says where
it is. Each option is also read from the environment, e.g. ALACARTE_PORT.

${optionLines().join('\n')}
`,
  async run(args, { environment }) {
    const { runServer } = await import('../../main.ts');
    try {
      await runServer(args, environment);
      return 0;
    } catch (error) {
      throw explained(error);
    }
  },
};

function optionLines(): string[] {
  const lines = Object.entries(definitions).map(([name, { value, help, initial }]) => {
    const flag = `--${flagOf(name)}${value === undefined ? '' : ` <${value}>`}`;
    const usual = initial === undefined || initial === false ? '' : ` (${String(initial)})`;
    return [flag, `${help}${usual}`] as const;
  });
  const width = Math.max(...lines.map(([flag]) => flag.length));
  return lines.map(([flag, help]) => `  ${flag.padEnd(width)}  ${help}`);
}

/** What keeps a server from starting, in one sentence where it is known. */
function explained(error: unknown): unknown {
  if (error instanceof OptionError) return new Failure(error.message, exitCodes.usage);
  const { code, message, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') {
    return new Failure(
      `Port ${port} is in use. Stop what uses it, or name another with --port.`,
      1,
    );
  }
  if (code === 'EACCES') return new Failure(`Not permitted: ${message}`, 1);
  // What is left is the host's doing, unless it is a mistake in the program: that is shown whole.
  return mistakes.some((kind) => error instanceof kind)
    ? error
    : new Failure(message, 1, { cause: error });
}

const mistakes = [AssertionError, RangeError, ReferenceError, SyntaxError, TypeError];
