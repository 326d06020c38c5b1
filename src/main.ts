import { once } from 'node:events';
import { join } from 'node:path';
import pino from 'pino';
import { type Cloud, startCloud } from './cloud.ts';
import { rootCredentialsFile } from './identity/root-credentials.ts';
import { type Options, readOptions } from './options.ts';
import { announceServer } from './running-server.ts';
import { version } from './version.ts';
import { enlargeYoungGeneration } from './young-generation.ts';

/**
 * Starts a server from a command line and the environment, says on standard output where it is, and
 * runs it until a signal ends it. Everything else it says goes to standard error.
 *
 * @throws OptionError, DataDirectoryError, or the system's error where the port cannot be had
 */
export async function runServer(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const options = readOptions(args, environment);
  enlargeYoungGeneration();
  const { dataDir, ephemeral, store, logLevel } = options;
  const log = pino({ level: logLevel, base: undefined }, pino.destination(2));
  const cloud = await startCloud({
    ...options,
    compute: options.compute ?? 'best',
    store: ephemeral ? { ephemeral } : { dataDir, ...(store !== undefined && { url: store }) },
    log,
  });
  const ended = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  const withdraw = announceServer(cloud.directory, cloud.endpoint);
  console.error(banner(options, cloud));
  console.log(`Alacarte is ready at ${cloud.endpoint}`);

  await ended;
  await sayWhatKeepsRunning(cloud, ephemeral);
  await cloud.close();
  withdraw();
}

/** What was started, so that nobody has to guess; loud where something is less than real. */
function banner({ auth, region, store, ephemeral }: Options, cloud: Cloud): string {
  const { driver, warning } = cloud.compute;
  const kept = ephemeral ? 'nothing is kept (--ephemeral)' : cloud.directory;
  const trust =
    auth === 'strict'
      ? `strict: only keys that exist; root's is in ${join(cloud.directory, rootCredentialsFile)}`
      : 'loopback: test/test is root, and so is every key that is not known';
  const lines = [
    `Alacarte ${version}, ${region}`,
    `  data     ${store === undefined ? kept : `PostgreSQL, machines in ${kept}`}`,
    `  auth     ${trust}`,
    `  compute  ${driver.name} (${driver.realization})`,
    `  console  ${cloud.endpoint}/`,
  ];
  if (warning !== undefined) lines.push(`  WARNING  ${warning}`);
  else if (driver.realization !== 'real') lines.push('  WARNING  Instances will not boot.');
  return lines.join('\n');
}

async function sayWhatKeepsRunning({ compute }: Cloud, ephemeral: boolean): Promise<void> {
  if (ephemeral || compute.driver.realization !== 'real') return;
  const running = (await compute.driver.list()).filter(({ power }) => power === 'on').length;
  if (running === 0) return;
  const what = running === 1 ? '1 instance keeps' : `${running} instances keep`;
  console.error(`${what} running; the next start on this data directory takes over.`);
}
