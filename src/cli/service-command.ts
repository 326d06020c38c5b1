import { loadModel } from '../models/load.ts';
import { takeGlobalOptions, type GlobalOptions } from './arguments/global-options.ts';
import { exitCodes, Failure, usageError } from './failure.ts';
import { kebab, modelled } from './names.ts';
import { serviceNamed } from './services.ts';
import { didYouMean } from './suggest.ts';
import { processTerminal, type Terminal } from './terminal.ts';

/**
 * Runs `<service> <operation> [flags]`, `<service> wait <waiter> [flags]` or a `help` of either.
 *
 * @param argv the words behind `alacarte`, the first a service
 * @returns the exit code; what went wrong has been said on standard error
 */
export async function runServiceCommand(
  argv: readonly string[],
  terminal: Terminal = processTerminal(),
): Promise<number> {
  try {
    const { options, rest } = takeGlobalOptions(argv);
    await dispatch(rest, options, terminal);
    return 0;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const isUsage = error.exitCode === exitCodes.usage;
    terminal.error(isUsage ? usage(error.message) : `\n${error.message}\n`);
    return error.exitCode;
  }
}

async function dispatch(
  words: readonly string[],
  options: GlobalOptions,
  terminal: Terminal,
): Promise<void> {
  const service = serviceNamed(words[0] ?? '');
  const [word, ...rest] = words.slice(1);
  if (isHelp(word)) return showHelp(terminal, options, service);
  if (word === undefined) throw usageError(`${words[0]!} takes an operation, wait, or help.`);
  const model = loadModel(service);
  if (word === 'wait') {
    const { runWaiter } = await import('./waiter-command.ts');
    return runWaiter(model, rest, options, terminal);
  }
  const operation = modelled(Object.keys(model.operations), word);
  if (operation === undefined) throw unknownOperation(words[0]!, word, model.operations);
  if (rest.some(isHelp)) return showHelp(terminal, options, service, operation);
  const { runOperation } = await import('./operation-command.ts');
  return runOperation({ model, operation }, rest, options, terminal);
}

function isHelp(word: string | undefined): boolean {
  return word === 'help' || word === '--help';
}

async function showHelp(
  terminal: Terminal,
  { pager }: GlobalOptions,
  service: string,
  operation?: string,
): Promise<void> {
  const { operationHelp, serviceHelp } = await import('./help.ts');
  const width = Math.min(terminal.widthColumns, 100);
  const text =
    operation === undefined
      ? serviceHelp(service, width)
      : operationHelp(service, operation, width);
  const { page } = await import('./output/pager.ts');
  await page(text, terminal, pager ? (terminal.environment['PAGER'] ?? 'less -FRX') : undefined);
}

function unknownOperation(service: string, word: string, operations: object): Failure {
  const names = [...Object.keys(operations).map(kebab), 'wait', 'help'];
  const near = didYouMean(word, names);
  return usageError(
    `'${word}' is no operation of ${service}.${near === '' ? ` All are listed by: alacarte ${service} help` : near}`,
  );
}

function usage(message: string): string {
  return (
    '\nusage: alacarte <service> <operation> [--flags]\n' +
    'To see what there is:\n\n' +
    '  alacarte help\n  alacarte <service> help\n  alacarte <service> <operation> help\n\n' +
    `alacarte: error: ${message}\n`
  );
}
