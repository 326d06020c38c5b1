import { type Cloud as Inside, type CloudOptions, startCloud } from './cloud.ts';
import { readRootCredentials } from './identity/root-credentials.ts';
import type { ClientConfig, Cloud, StartOptions } from './index.ts';
import { MovableClock } from './kernel/clock.ts';
import { definitions, OptionError } from './options.ts';

const known = ['compute', 'region', 'account', 'port', 'dataDir', 'auth', 'frozenAt', 'log'];

/**
 * Starts a cloud with the library's face.
 *
 * @param parts what a test of Alacarte itself puts in place of its own
 * @throws Error as `startCloud` says in `index.ts`
 */
export async function startLibraryCloud(
  options: StartOptions,
  parts: CloudOptions = {},
): Promise<{ readonly cloud: Cloud; readonly inside: Inside }> {
  const { compute = 'mock', account = '000000000000', dataDir, frozenAt, log } = checked(options);
  const { region = definitions.region.initial, auth = 'loopback', port = 0 } = options;
  const inside = await startCloud({
    ...{ compute, region, account, port, auth },
    clock: new MovableClock(frozenAt?.getTime()),
    store: dataDir === undefined ? { ephemeral: true } : { dataDir },
    ...(log && { log }),
    ...parts,
  });
  const { endpoint, clock } = inside;
  const credentials = auth === 'strict' ? await rootKey(inside.directory) : usualKey;
  const clientConfig = { endpoint, region, credentials };
  const cloud: Cloud = {
    ...clientConfig,
    clientConfig,
    account,
    port: inside.port,
    clock: { now: () => clock.now(), advance: (ms) => clock.advance(ms) },
    reset: () => inside.reset(),
    close: () => inside.close(),
    [Symbol.asyncDispose]: () => inside.close(),
  };
  return { cloud, inside };
}

/** Where keys are not checked for being known, these are the default account's root. */
const usualKey = { accessKeyId: 'test', secretAccessKey: 'test' };

async function rootKey(directory: string): Promise<ClientConfig['credentials']> {
  const { accessKeyId, secretAccessKey } = (await readRootCredentials(directory))!;
  return { accessKeyId, secretAccessKey };
}

/** A program in JavaScript has no compiler that refuses what is mistyped. */
function checked(options: StartOptions): StartOptions {
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) {
      throw new OptionError(`Unknown option ${name}. Options: ${known.join(', ')}`);
    }
  }
  const { compute, region, account, port, auth, frozenAt } = options;
  if (compute !== undefined && compute !== 'best') definitions.compute.read(compute);
  if (region !== undefined) definitions.region.read(region);
  if (port !== undefined) definitions.port.read(String(port));
  if (auth !== undefined) definitions.auth.read(auth);
  if (account !== undefined && !/^\d{12}$/.test(account)) {
    throw new OptionError(`account takes twelve digits, not '${account}'`);
  }
  if (frozenAt !== undefined && Number.isNaN(frozenAt.getTime())) {
    throw new OptionError('frozenAt takes a Date that is valid');
  }
  return options;
}
