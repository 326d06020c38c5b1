import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { rootPrincipal } from '../kernel/caller.ts';
import type { Ids } from '../kernel/ids.ts';
import { accessKeyId, secretAccessKey } from './access-key-id.ts';
import type { Credential, CredentialSource } from './credentials.ts';

/** The file in the data directory that holds strict mode's root key, for its owner's eyes only. */
export const rootCredentialsFile = 'root-credentials.json';

/**
 * The default account's root key for strict mode: made at the first start, the same ever after.
 *
 * @throws Error where the file is there but holds no such key; it is never replaced
 */
export async function rootCredentials(
  dataDir: string,
  account: string,
  ids: Ids,
): Promise<Credential> {
  const existing = await readRootCredentials(dataDir);
  if (existing) return existing;
  const made: Contents = {
    account,
    accessKeyId: accessKeyId(ids, 'AKIA', account),
    secretAccessKey: secretAccessKey(ids),
  };
  await mkdir(dataDir, { recursive: true });
  await createWhole(join(dataDir, rootCredentialsFile), `${JSON.stringify(made, undefined, 2)}\n`);
  return (await readRootCredentials(dataDir))!;
}

/** The key that `rootCredentials` has made, if it has. */
export async function readRootCredentials(dataDir: string): Promise<Credential | undefined> {
  const path = join(dataDir, rootCredentialsFile);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const contents = parse(text);
  if (!contents)
    throw new Error(`${path} holds no root credentials; move it away to have new ones`);
  return { ...contents, principal: rootPrincipal(contents.account, contents.accessKeyId) };
}

/** A source of one key. */
export function only(credential: Credential): CredentialSource {
  return {
    find: async (keyId) => (keyId === credential.accessKeyId ? credential : undefined),
  };
}

interface Contents {
  readonly account: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

function parse(text: string): Contents | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { account, accessKeyId: keyId, secretAccessKey: secret } = value as Partial<Contents>;
  const whole = /^\d{12}$/.test(account ?? '') && Boolean(keyId) && Boolean(secret);
  return whole ? { account: account!, accessKeyId: keyId!, secretAccessKey: secret! } : undefined;
}

/** Either nothing or all of it is there after a crash; the first of two processes wins. */
async function createWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
}
