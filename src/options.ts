import { parseArgs } from 'node:util';
import { DRIVER_NAMES, type DriverName } from './compute/driver.ts';

/** How a cloud is started; the same names on the command line and, as `ALACARTE_…`, in the environment. */
export interface Options {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly ephemeral: boolean;
  readonly allowReset: boolean;
  /** A PostgreSQL URL, where the embedded store is not wanted. */
  readonly store: string | undefined;
  readonly compute: DriverName | undefined;
  readonly workers: number;
  readonly throttle: boolean;
  readonly auth: AuthMode;
  readonly region: string;
  readonly logLevel: LogLevel;
}

export type AuthMode = 'loopback' | 'strict';
export type LogLevel = (typeof logLevels)[number];

/** One option: how its text is read and what `--help` says. */
interface Definition<T> {
  readonly type: 'string' | 'boolean';
  /** Stands for the value in `--help`. */
  readonly value?: string;
  readonly initial: T;
  /** Throws `OptionError` for a text that it cannot take. */
  readonly read: (text: string) => T;
  readonly help: string;
}

/** A start that was asked for wrongly: its message is for the person who typed it. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

/** Every option, in the order of `--help`. */
export const definitions: { readonly [Name in keyof Options]: Definition<Options[Name]> } = {
  port: {
    type: 'string',
    value: 'number',
    initial: 4566,
    read: integer('port', 0, 65_535),
    help: 'port to listen on; 0 takes a free one',
  },
  host: {
    type: 'string',
    value: 'address',
    initial: '127.0.0.1',
    read: (text) => text,
    help: 'address to listen on',
  },
  dataDir: {
    type: 'string',
    value: 'directory',
    initial: '.alacarte',
    read: (text) => text,
    help: 'where tables, machines and disks are kept',
  },
  ephemeral: {
    type: 'boolean',
    initial: false,
    read: boolean('ephemeral'),
    help: 'keep nothing: all is gone when the server stops',
  },
  allowReset: {
    type: 'boolean',
    initial: false,
    read: boolean('allow-reset'),
    help: 'let clients remove everything, as they may with --ephemeral',
  },
  store: {
    type: 'string',
    value: 'url',
    initial: undefined,
    read: postgresUrl,
    help: 'a PostgreSQL database in place of the embedded store',
  },
  compute: {
    type: 'string',
    value: 'driver',
    initial: undefined,
    read: oneOf('compute', DRIVER_NAMES),
    help: `${DRIVER_NAMES.join(', ')}; the best that works if left out`,
  },
  workers: {
    type: 'string',
    value: 'number',
    initial: 1,
    read: integer('workers', 1, 64),
    help: 'server processes; further ones serve the operations on DynamoDB items',
  },
  throttle: {
    type: 'boolean',
    initial: false,
    read: boolean('throttle'),
    help: 'refuse what goes beyond the throughput of DynamoDB tables',
  },
  auth: {
    type: 'string',
    value: 'mode',
    initial: 'loopback',
    read: oneOf('auth', ['loopback', 'strict'] as const),
    help: 'loopback takes unknown keys as root, strict refuses them',
  },
  region: {
    type: 'string',
    value: 'name',
    initial: 'us-east-1',
    read: region,
    help: 'the region where a client names none',
  },
  logLevel: {
    type: 'string',
    value: 'level',
    initial: 'info',
    read: oneOf('log-level', logLevels),
    help: logLevels.join(', '),
  },
};

const names = Object.keys(definitions) as (keyof Options)[];

/** `dataDir` → `data-dir` */
export const flagOf = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const variableOf = (name: string): string =>
  `ALACARTE_${flagOf(name).replaceAll('-', '_').toUpperCase()}`;

/**
 * Reads the options from a command line, else from the environment, else takes what is usual.
 * An unknown flag, an unknown `ALACARTE_…` variable and an impossible combination throw
 * `OptionError`: a mistyped option must not start a cloud that nobody asked for.
 */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Options {
  const flags = readFlags(args);
  refuseUnknownVariables(environment);
  const values = names.map((name) => {
    const { read, initial } = definitions[name];
    const text = flags[flagOf(name)] ?? environment[variableOf(name)];
    return [name, text === undefined ? initial : read(String(text))];
  });
  const options = Object.fromEntries(values) as unknown as Options;
  refuseContradictions(options);
  return options;
}

function readFlags(args: readonly string[]): Record<string, string | boolean | undefined> {
  const config = names.map((name) => [flagOf(name), { type: definitions[name].type }] as const);
  try {
    return parseArgs({ args: [...args], options: Object.fromEntries(config), strict: true }).values;
  } catch (cause) {
    const [sentence] = (cause as Error).message.split('. ');
    throw new OptionError(
      `${sentence}. Options: ${names.map((n) => `--${flagOf(n)}`).join(', ')}`,
      {
        cause,
      },
    );
  }
}

/** What the environment sets beside the options: where built images are kept. */
const OTHER_VARIABLES = ['ALACARTE_IMAGES'];

function refuseUnknownVariables(environment: Readonly<Record<string, string | undefined>>): void {
  const known = new Set([...names.map(variableOf), ...OTHER_VARIABLES]);
  for (const variable of Object.keys(environment)) {
    if (variable.startsWith('ALACARTE_') && !known.has(variable)) {
      throw new OptionError(
        `Unknown environment variable ${variable}. Known: ${[...known].join(', ')}`,
      );
    }
  }
}

function refuseContradictions({ host, auth, ephemeral, store, dataDir }: Options): void {
  if (!isLoopback(host)) {
    const strict = auth === 'strict' ? '' : ' and --auth strict';
    throw new OptionError(
      `--host ${host} is not a loopback address: that takes TLS${strict}, and TLS is not built yet`,
    );
  }
  if (ephemeral && store) throw new OptionError('--ephemeral and --store exclude one another');
  if (ephemeral && dataDir !== definitions.dataDir.initial) {
    throw new OptionError('--ephemeral and --data-dir exclude one another');
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function integer(name: string, min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new OptionError(`--${name} takes a whole number from ${min} to ${max}, not '${text}'`);
  };
}

function oneOf<const T extends string>(name: string, values: readonly T[]): (text: string) => T {
  return (text) => {
    const value = values.find((candidate) => candidate === text);
    if (value) return value;
    throw new OptionError(`--${name} takes ${values.join(', ')}, not '${text}'`);
  };
}

function boolean(name: string): (text: string) => boolean {
  const read = oneOf(name, ['true', 'false', '1', '0']);
  return (text) => ['true', '1'].includes(read(text));
}

function region(text: string): string {
  if (/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(text)) return text;
  throw new OptionError(`--region takes a name such as eu-central-1, not '${text}'`);
}

function postgresUrl(text: string): string {
  if (/^postgres(ql)?:\/\//.test(text)) return text;
  throw new OptionError(`--store takes a URL such as postgres://host/database, not '${text}'`);
}
