import { parseArgs } from 'node:util';
import { readRootCredentials } from '../identity/root-credentials.ts';
import { type Options, readOptions } from '../options.ts';
import type { RunningServer } from '../running-server.ts';
import { Failure, usageError } from './failure.ts';
import { type SigningIdentity, signedHeaders } from './wire/sign.ts';

/**
 * What \`up\` would take from the environment, for a command that itself takes \`--data-dir\` alone.
 *
 * @throws Failure for words that are no such option
 */
export function optionsOf(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Options {
  try {
    parseArgs({ args: [...args], options: { 'data-dir': { type: 'string' } } });
    return readOptions(args, environment);
  } catch (error) {
    throw usageError((error as Error).message);
  }
}

/**
 * Asks a server's admin API, signed with strict mode's root key where the data directory has one.
 *
 * @throws Failure where the server refuses or does not answer
 */
export async function askServer<Answer>(
  { endpoint, pid }: RunningServer,
  dataDirectory: string,
  path: string,
  method: 'GET' | 'POST' = 'GET',
): Promise<Answer> {
  const url = new URL(`/_alacarte/${path}`, endpoint);
  const root = await readRootCredentials(dataDirectory);
  try {
    const answer = await fetch(url, { method, headers: root ? signature(method, url, root) : {} });
    const body = (await answer.json()) as Answer & { message?: string };
    if (!answer.ok) throw new Error(body.message ?? `HTTP ${answer.status}`);
    return body;
  } catch (cause) {
    const { message } = ((cause as Error).cause ?? cause) as Error;
    throw new Failure(`Process ${pid} does not answer at ${url.href}: ${message}`, 1, { cause });
  }
}

/**
 * Reads one of the admin API's streams, line by line, until the server ends it or the signal is
 * given.
 *
 * @throws Failure where the server refuses, does not answer, or breaks off as one that is killed does
 */
export async function* readServer(
  { endpoint, pid }: RunningServer,
  dataDirectory: string,
  path: string,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const url = new URL(`/_alacarte/${path}`, endpoint);
  const root = await readRootCredentials(dataDirectory);
  const answer = await fetch(url, {
    signal,
    ...(root && { headers: signature('GET', url, root) }),
  }).catch((cause: unknown) => {
    throw new Failure(`Process ${pid} does not answer at ${url.href}.`, 1, { cause });
  });
  if (!answer.ok || !answer.body) {
    const { message = `HTTP ${answer.status}` } = (await answer.json()) as { message?: string };
    throw new Failure(message, 1);
  }
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of answer.body) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop()!;
      yield* lines;
    }
  } catch (cause) {
    if (!signal.aborted) throw new Failure(`Process ${pid} has gone away.`, 1, { cause });
  }
}

function signature(
  method: string,
  { pathname, search, host }: URL,
  root: SigningIdentity,
): Record<string, string> {
  const request = {
    method,
    path: pathname,
    query: search.slice(1),
    headers: {},
    body: new Uint8Array(),
  };
  const target = { host, region: 'us-east-1', service: 'alacarte' };
  const { host: _, ...headers } = signedHeaders(request, target, root, Date.now());
  return headers; // fetch sets the host itself
}
