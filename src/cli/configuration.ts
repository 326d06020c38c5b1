import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  outputFormats,
  type GlobalOptions,
  type OutputFormat,
} from './arguments/global-options.ts';
import type { BinaryFormat } from './arguments/read-value.ts';
import { exitCodes, Failure } from './failure.ts';
import { parseIni, type IniSections } from './ini.ts';
import type { SigningIdentity } from './wire/sign.ts';

/** What a call needs to know beside its command line. */
export interface Configuration {
  readonly endpoint: URL;
  readonly region: string;
  /** Undefined for requests that go without a signature. */
  readonly identity: SigningIdentity | undefined;
  readonly output: OutputFormat;
  readonly binaryFormat: BinaryFormat;
  readonly pager: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;
type Settings = Readonly<Record<string, string>>;

/** Keys that Alacarte takes for the default account's root on this machine. */
const localIdentity: SigningIdentity = { accessKeyId: 'test', secretAccessKey: 'test' };

/**
 * Where to call and as whom: options first, then the environment, then the profile in the AWS
 * CLI's own files, then Alacarte on this machine. An endpoint elsewhere takes real keys.
 */
export function configure(
  options: GlobalOptions,
  variables: Environment,
  sdkId: string,
): Configuration {
  // A variable that is set to nothing is as good as not set.
  const environment: Environment = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== ''),
  );
  const name = options.profile ?? environment['AWS_PROFILE'];
  const profile = readProfile(name, environment);
  const serviceVariable = `AWS_ENDPOINT_URL_${sdkId.toUpperCase().replaceAll(/[ -]/g, '_')}`;
  const endpoint = endpointUrl(
    options.endpointUrl ??
      environment[serviceVariable] ??
      environment['AWS_ENDPOINT_URL'] ??
      profile['endpoint_url'] ??
      `http://127.0.0.1:${environment['ALACARTE_PORT'] ?? '4566'}`,
  );
  const output = environment['AWS_DEFAULT_OUTPUT'] ?? profile['output'] ?? 'json';
  return {
    endpoint,
    region:
      options.region ??
      environment['AWS_REGION'] ??
      environment['AWS_DEFAULT_REGION'] ??
      profile['region'] ??
      environment['ALACARTE_REGION'] ??
      'us-east-1',
    identity: options.sign ? identityOf(environment, profile, options, endpoint) : undefined,
    output: options.output ?? knownOutput(output),
    binaryFormat:
      options.binaryFormat ??
      (profile['cli_binary_format'] === 'raw-in-base64-out' ? 'raw-in-base64-out' : 'base64'),
    pager: options.pager
      ? (environment['AWS_PAGER'] ?? profile['cli_pager'] ?? environment['PAGER'])
      : undefined,
  };
}

function readProfile(name: string | undefined, environment: Environment): Settings {
  const home = homedir();
  const config = readIni(environment['AWS_CONFIG_FILE'] ?? join(home, '.aws/config'));
  const credentials = readIni(
    environment['AWS_SHARED_CREDENTIALS_FILE'] ?? join(home, '.aws/credentials'),
  );
  const wanted = name ?? 'default';
  const section =
    wanted === 'default' ? (config['default'] ?? config['profile default']) : undefined;
  const settings = section ?? config[`profile ${wanted}`];
  if (name !== undefined && !settings && !credentials[wanted]) {
    throw new Failure(`The config profile (${wanted}) could not be found`, exitCodes.general);
  }
  return { ...settings, ...credentials[wanted] };
}

function readIni(path: string): IniSections {
  return existsSync(path) ? parseIni(readFileSync(path, 'utf8')) : {};
}

function identityOf(
  environment: Environment,
  profile: Settings,
  options: GlobalOptions,
  endpoint: URL,
): SigningIdentity {
  // A profile that was asked for by option comes before keys in the environment.
  const sources =
    options.profile === undefined
      ? [fromEnvironment(environment), fromProfile(profile)]
      : [fromProfile(profile)];
  const found = sources.find((source) => source !== undefined);
  if (found) return found;
  if (isThisMachine(endpoint)) return localIdentity;
  throw new Failure(
    'Unable to locate credentials. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile.',
    exitCodes.configuration,
  );
}

function fromEnvironment(environment: Environment): SigningIdentity | undefined {
  return identity(
    environment['AWS_ACCESS_KEY_ID'],
    environment['AWS_SECRET_ACCESS_KEY'],
    environment['AWS_SESSION_TOKEN'],
  );
}

function fromProfile(profile: Settings): SigningIdentity | undefined {
  return identity(
    profile['aws_access_key_id'],
    profile['aws_secret_access_key'],
    profile['aws_session_token'],
  );
}

function identity(
  accessKeyId: string | undefined,
  secretAccessKey: string | undefined,
  sessionToken: string | undefined,
): SigningIdentity | undefined {
  if (!accessKeyId || !secretAccessKey) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
}

/** Whether an endpoint is a name or an address of this machine itself. */
export function isThisMachine({ hostname }: URL): boolean {
  return /^(?:.*\.)?localhost$|^127\.\d+\.\d+\.\d+$|^\[::1\]$/.test(hostname);
}

function endpointUrl(text: string): URL {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return new URL(text);
  throw new Failure(
    `Bad value for --endpoint-url "${text}": scheme is missing. Must be of the form http://<hostname>/ or https://<hostname>/`,
    exitCodes.usage,
  );
}

function knownOutput(text: string): OutputFormat {
  const format = outputFormats.find((candidate) => candidate === text);
  if (format) return format;
  throw new Failure(`Unknown output type: ${text}`, exitCodes.configuration);
}
