#!/usr/bin/env node
import { version } from '../version.ts';
import { globalDefinitions } from './arguments/global-options.ts';
import { columns } from './columns.ts';
import type { Command } from './command.ts';
import { exitCodes, Failure, usageError } from './failure.ts';
import { commandNames, commands } from './own-commands.ts';
import { isService, serviceWords } from './services.ts';
import { wrap } from './output/wrap.ts';
import { didYouMean } from './suggest.ts';
import { processTerminal, type Terminal } from './terminal.ts';

async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [word, ...rest] = argv;
  if (word === undefined) {
    terminal.out(help());
    return exitCodes.usage;
  }
  if (isHelp(word)) {
    // `alacarte help up` is `alacarte up --help`
    if (rest[0] !== undefined && !isHelp(rest[0])) return main([...rest, '--help'], terminal);
    terminal.out(help());
    return 0;
  }
  if (word === '--version' || word === 'version') {
    terminal.out(`alacarte/${version} node/${process.versions.node}\n`);
    return 0;
  }
  if (Object.hasOwn(commands, word)) return runOwn(await commands[word]!.load(), rest, terminal);
  // Global options of the AWS CLI may stand before the service.
  if (word.startsWith('--') || isService(word)) {
    const { runServiceCommand } = await import('./service-command.ts');
    return runServiceCommand(argv, terminal);
  }
  const known = [...commandNames, ...serviceWords()];
  throw usageError(
    `'${word}' is no command and no service.${didYouMean(word, known)} See: alacarte help`,
  );
}

function isHelp(word: string): boolean {
  return ['help', '--help', '-h'].includes(word);
}

async function runOwn(
  command: Command,
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  // Behind -- are words for others, as in `alacarte ssh i-… -- ls --help`.
  const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  if (!own.includes('--help') && !own.includes('-h')) return command.run(args, terminal);
  terminal.out(command.help);
  return 0;
}

function help(): string {
  const own = Object.entries(commands).map(([name, { summary }]) => [`  ${name}`, summary]);
  return `Alacarte ${version}: the AWS API on your own machine.

usage: alacarte <command> [options]
       alacarte <service> <operation> [--flags]     as with the AWS CLI

commands
${columns(own)}
services
${wrap(serviceWords().join(' '), 80, '  ')}
flags of every operation
${globalFlags()}
  alacarte <command> --help, alacarte <service> help, alacarte <service> <operation> help
`;
}

function globalFlags(): string {
  const rows = Object.entries(globalDefinitions).map(([name, { takes, help: text, values }]) => [
    `  --${name}${takes === 'none' ? '' : ` <${values?.join(' | ') ?? 'value'}>`}`,
    text,
  ]);
  return columns(rows);
}

const terminal = processTerminal();
try {
  process.exitCode = await main(process.argv.slice(2), terminal);
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  terminal.error(`alacarte: ${error.message}\n`);
  process.exitCode = error.exitCode;
}
