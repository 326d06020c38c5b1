import { usageError } from '../failure.ts';
import { didYouMean } from '../suggest.ts';
import type { BinaryFormat } from './read-value.ts';

export const outputFormats = ['json', 'table', 'text', 'yaml'] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** The options that every operation takes. */
export interface GlobalOptions {
  readonly endpointUrl?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly output?: OutputFormat;
  /** JMESPath */
  readonly query?: string;
  readonly color: 'auto' | 'on' | 'off';
  readonly binaryFormat?: BinaryFormat;
  readonly sign: boolean;
  readonly verifyTls: boolean;
  readonly paginate: boolean;
  readonly pager: boolean;
  readonly debug: boolean;
  readonly readTimeoutSeconds: number;
  readonly connectTimeoutSeconds: number;
}

interface Definition {
  readonly takes: 'none' | 'one';
  readonly help: string;
  readonly values?: readonly string[];
}

/** Every global option, in the order of `help`. */
export const globalDefinitions: Readonly<Record<string, Definition>> = {
  'endpoint-url': { takes: 'one', help: 'where to call; AWS_ENDPOINT_URL, else port 4566 here' },
  region: { takes: 'one', help: 'the region; AWS_REGION, else us-east-1' },
  profile: { takes: 'one', help: 'a profile of ~/.aws/config and ~/.aws/credentials' },
  output: { takes: 'one', help: 'how the answer is shown', values: outputFormats },
  query: { takes: 'one', help: 'a JMESPath expression that picks from the answer' },
  color: { takes: 'one', help: 'colours in tables', values: ['auto', 'on', 'off'] },
  'cli-binary-format': {
    takes: 'one',
    help: 'how blobs are typed',
    values: ['base64', 'raw-in-base64-out'],
  },
  'no-paginate': { takes: 'none', help: 'show the first page only' },
  'no-sign-request': { takes: 'none', help: 'send the request without a signature' },
  'no-verify-ssl': { takes: 'none', help: "do not check the endpoint's certificate" },
  'no-cli-pager': { takes: 'none', help: 'never page the output' },
  'cli-read-timeout': { takes: 'one', help: 'seconds to wait for an answer; 0 waits for ever' },
  'cli-connect-timeout': { takes: 'one', help: 'seconds to wait for a connection' },
  debug: { takes: 'none', help: 'show the request and the answer on standard error' },
};

/** Reads the global options, wherever they stand, and leaves the rest. */
export function takeGlobalOptions(args: readonly string[]): {
  options: GlobalOptions;
  rest: string[];
} {
  const given = new Map<string, string>();
  const rest: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const [flag, attached] = splitFlag(args[i]!);
    const definition = flag === undefined ? undefined : ownOf(globalDefinitions, flag);
    if (flag === undefined || !definition) rest.push(args[i]!);
    else if (definition.takes === 'none') given.set(flag, 'true');
    else given.set(flag, check(flag, definition, attached ?? args[++i]));
  }
  return { options: optionsOf(given), rest };
}

/** `--a=b` as `a` and `b`; `--a` as `a`; undefined for what is no flag. */
export function splitFlag(arg: string): readonly [name: string | undefined, value?: string] {
  if (!arg.startsWith('--') || arg === '--') return [undefined];
  const equals = arg.indexOf('=');
  return equals < 0 ? [arg.slice(2)] : [arg.slice(2, equals), arg.slice(equals + 1)];
}

function ownOf<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function check(flag: string, { values }: Definition, value: string | undefined): string {
  if (value === undefined) throw usageError(`argument --${flag}: expected one argument`);
  if (!values || values.includes(value)) return value;
  throw usageError(
    `argument --${flag}: Invalid choice '${value}', valid choices are: ${values.join(', ')}.${didYouMean(value, values)}`,
  );
}

function optionsOf(given: ReadonlyMap<string, string>): GlobalOptions {
  const text = (flag: string): string | undefined => given.get(flag);
  return {
    ...(given.has('endpoint-url') && { endpointUrl: text('endpoint-url')! }),
    ...(given.has('region') && { region: text('region')! }),
    ...(given.has('profile') && { profile: text('profile')! }),
    ...(given.has('output') && { output: text('output') as OutputFormat }),
    ...(given.has('query') && { query: text('query')! }),
    ...(given.has('cli-binary-format') && {
      binaryFormat: text('cli-binary-format') as BinaryFormat,
    }),
    color: (text('color') ?? 'auto') as GlobalOptions['color'],
    sign: !given.has('no-sign-request'),
    verifyTls: !given.has('no-verify-ssl'),
    paginate: !given.has('no-paginate'),
    pager: !given.has('no-cli-pager'),
    debug: given.has('debug'),
    readTimeoutSeconds: seconds('cli-read-timeout', text('cli-read-timeout')),
    connectTimeoutSeconds: seconds('cli-connect-timeout', text('cli-connect-timeout')),
  };
}

function seconds(flag: string, text = '60'): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw usageError(`argument --${flag}: invalid int value: '${text}'`);
}
