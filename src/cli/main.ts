#!/usr/bin/env node
import { version } from '../version.ts';
import { globalDefinitions } from './arguments/global-options.ts';
import { columns } from './columns.ts';
import { exitCodes, Failure } from './failure.ts';
import { commandNames, commands } from './own-commands.ts';
import { isService, serviceWords } from './services.ts';
import { wrap } from './output/wrap.ts';
import { didYouMean } from './suggest.ts';
import { processTerminal, type Terminal } from './terminal.ts';

async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [word, ...rest] = argv;
  if (word === undefined || ['help', '--help', '-h'].includes(word)) {
    terminal.out(await help());
    return word === undefined ? exitCodes.usage : 0;
  }
  if (word === '--version' || word === 'version') {
    terminal.out(`alacarte/${version} node/${process.versions.node}\n`);
    return 0;
  }
  if (Object.hasOwn(commands, word)) {
    const command = await commands[word]!();
    if (!rest.includes('--help')) return command.run(rest, terminal);
    terminal.out(command.help);
    return 0;
  }
  // Global options of the AWS CLI may stand before the service.
  if (word.startsWith('--') || isService(word)) {
    const { runServiceCommand } = await import('./service-command.ts');
    return runServiceCommand(argv, terminal);
  }
  const known = [...commandNames, ...serviceWords()];
  throw new Failure(
    `'${word}' is no command and no service.${didYouMean(word, known)} See: alacarte help`,
    exitCodes.usage,
  );
}

async function help(): Promise<string> {
  const names = Object.keys(commands);
  const width = Math.max(...names.map((name) => name.length));
  const lines = await Promise.all(
    names.map(async (name) => `  ${name.padEnd(width)}  ${(await commands[name]!()).summary}`),
  );
  return `Alacarte ${version}: the AWS API on your own machine.

usage: alacarte <command> [options]
       alacarte <service> <operation> [--flags]     as with the AWS CLI

commands
${lines.join('\n')}

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
