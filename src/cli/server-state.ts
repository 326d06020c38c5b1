import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readRootCredentials } from '../identity/root-credentials.ts';
import { serverFile, type ServerState } from '../main.ts';
import { readOptions } from '../options.ts';
import { usageError } from './failure.ts';
import { type SigningIdentity, signedHeaders } from './wire/sign.ts';

/** The data directory that a command's words or the environment name, as `up` would take it. */
export function dataDirectoryOf(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): string {
  try {
    parseArgs({ args: [...args], options: { 'data-dir': { type: 'string' } } });
    return readOptions(args, environment).dataDir;
  } catch (error) {
    throw usageError((error as Error).message);
  }
}

/** The server that runs on a data directory; undefined where none does. */
export function runningServer(dataDirectory: string): ServerState | undefined {
  let state: ServerState;
  try {
    state = JSON.parse(readFileSync(join(dataDirectory, serverFile), 'utf8')) as ServerState;
  } catch {
    return undefined;
  }
  return isAlive(state.pid) ? state : undefined;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Asks a server's admin API, signed with strict mode's root key where the data directory has one. */
export async function askServer<Answer>(
  { endpoint }: ServerState,
  dataDirectory: string,
  path: string,
): Promise<Answer> {
  const url = new URL(`/_alacarte/${path}`, endpoint);
  const root = await readRootCredentials(dataDirectory);
  const headers = root && signature(url, root);
  const answer = await fetch(url, headers && { headers });
  const body = (await answer.json()) as Answer & { message?: string };
  if (!answer.ok) throw new Error(body.message ?? `HTTP ${answer.status}`);
  return body;
}

function signature({ pathname, host }: URL, root: SigningIdentity): Record<string, string> {
  const request = { method: 'GET', path: pathname, query: '', headers: {}, body: new Uint8Array() };
  const target = { host, region: 'us-east-1', service: 'alacarte' };
  const { host: _, ...headers } = signedHeaders(request, target, root, Date.now());
  return headers; // fetch sets the host itself
}
