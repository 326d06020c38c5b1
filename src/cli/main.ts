#!/usr/bin/env node
import { version } from '../version.ts';
import type { Command } from './command.ts';
import { exitCodes, Failure } from './failure.ts';
import { isService } from './services.ts';
import { didYouMean } from './suggest.ts';
import { processTerminal, type Terminal } from './terminal.ts';

/** Alacarte's own commands, in the order of `alacarte help`; each is loaded when it is called. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  up: async () => (await import('./commands/up.ts')).up,
  down: async () => (await import('./commands/down.ts')).down,
  status: async () => (await import('./commands/status.ts')).status,
  env: async () => (await import('./commands/env.ts')).env,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  coverage: async () => (await import('./commands/coverage.ts')).coverage,
  ssh: async () => (await import('./commands/ssh.ts')).ssh,
};

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
  const { serviceWords } = await import('./services.ts');
  const known = [...Object.keys(commands), 'help', ...serviceWords()];
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
  const { serviceWords } = await import('./services.ts');
  return `Alacarte ${version}: the AWS API on your own machine.

usage: alacarte <command> [options]
       alacarte <service> <operation> [--flags]     as with the AWS CLI

commands
${lines.join('\n')}

services
  ${serviceWords().join(' ')}

  alacarte <command> --help, alacarte <service> help, alacarte <service> <operation> help
`;
}

const terminal = processTerminal();
try {
  process.exitCode = await main(process.argv.slice(2), terminal);
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  terminal.error(`alacarte: ${error.message}\n`);
  process.exitCode = error.exitCode;
}
