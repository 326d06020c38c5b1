import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Progress } from '../image.ts';

/** A file somewhere else, and what it must be. */
export interface Source {
  readonly url: string;
  readonly algorithm: 'sha256' | 'sha512';
  /** Hexadecimal. */
  readonly digest: string;
}

const MB = 1_000_000;
/** How often it is tried to go on where nothing came any more. */
const FRUITLESS_TRIES = 3;
/** Progress is said at each tenth. */
const PORTIONS = 10;

/**
 * Fetches a file: whole and as its digest says, or not at all. What has come of one that breaks off is
 * kept beside it, and the next call goes on from there.
 *
 * @throws Error that says in a sentence what was wrong; `cause` has the rest
 */
export async function download(source: Source, file: string, progress: Progress): Promise<void> {
  if (await sizeOf(file)) return;
  const part = `${file}.part`;
  await mkdir(dirname(file), { recursive: true });
  await fetchAll(source.url, part, progress);
  const found = await digestOf(part, source.algorithm);
  if (found !== source.digest) {
    await rm(part);
    throw new Error(
      `${source.url} is not the file that was expected: its ${source.algorithm} is ${found}, not ${source.digest}.`,
    );
  }
  await rename(part, file);
}

/** One sentence on why a file cannot be fetched at this moment; undefined where nothing is known. */
export async function whyNotFetched(
  { url }: Source,
  timeoutMs: number,
): Promise<string | undefined> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const { status } = await fetch(url, { method: 'HEAD', signal });
    return status === 200 ? undefined : `${url} answers ${status}.`;
  } catch (error) {
    return `${new URL(url).host} is not reached from here (${reasonOf(error)}).`;
  }
}

async function fetchAll(url: string, part: string, progress: Progress): Promise<void> {
  for (let fruitless = 0; ;) {
    const before = await sizeOf(part);
    try {
      return await fetchRest(url, part, before, progress);
    } catch (cause) {
      if (cause instanceof Refused) throw cause;
      fruitless = (await sizeOf(part)) > before ? 0 : fruitless + 1;
      if (fruitless < FRUITLESS_TRIES) continue;
      throw new Error(`Fetching ${url} broke off: ${reasonOf(cause)}.`, { cause });
    }
  }
}

/** The server does not give the file: trying again is of no use. */
class Refused extends Error {}

async function fetchRest(
  url: string,
  part: string,
  have: number,
  progress: Progress,
): Promise<void> {
  const headers = have > 0 ? { range: `bytes=${have}-` } : undefined;
  const response = await fetch(url, { ...(headers && { headers }) });
  // Nothing is left to be sent of a file that is there already.
  if (response.status === 416) return;
  if (response.status !== 200 && response.status !== 206) {
    throw new Refused(`${url} answers ${response.status}.`);
  }
  const from = response.status === 206 ? have : 0;
  const total = from + Number(response.headers.get('content-length') ?? NaN);
  const file = await open(part, from === 0 ? 'w' : 'a');
  try {
    let done = from;
    for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
      await file.write(bytes);
      const portion = Math.floor((done * PORTIONS) / total);
      done += bytes.length;
      if (Math.floor((done * PORTIONS) / total) > portion) {
        progress(`fetched ${(done / MB).toFixed(0)} of ${(total / MB).toFixed(0)} MB …`);
      }
    }
    if (done < total) throw new Error(`${done} of ${total} bytes came`);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function digestOf(file: string, algorithm: Source['algorithm']): Promise<string> {
  const hash = createHash(algorithm);
  for await (const bytes of createReadStream(file)) hash.update(bytes as Buffer);
  return hash.digest('hex');
}

/** 0 where there is none. */
async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}

/** `fetch` says only that it failed, and why in its cause. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? cause.message : message;
}
