import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  authorityCertificate,
  serverCertificate,
  type TlsIdentity,
  type Validity,
} from './certificate.ts';

const NAME = 'Alacarte local authority';
/** The domains of AWS's services. */
const DOMAINS = ['amazonaws.com', 'amazonaws.com.cn', 'api.aws'];
const DAY_MS = 24 * 60 * 60 * 1000;
const AUTHORITY_DAYS = 10 * 365;
const SERVER_DAYS = 365;
/** A server's certificate is made anew long before it ends. */
const RENEWAL_DAYS = 30;
/** Clients make names up; they must not fill the memory. */
const MOST_CACHED = 1000;

/**
 * The local certificate authority of a data directory: it vouches for AWS's names, so that clients
 * which trust it reach Alacarte by them. TLS knows the host's time, never a cloud's.
 */
export class Authority {
  /** PEM of what clients are to trust. */
  readonly certificate: string;
  readonly #key: KeyObject;
  readonly #serverKey = newKey();
  readonly #served = new Map<string, { readonly cert: string; readonly madeAtMs: number }>();

  private constructor(key: KeyObject, certificate: string) {
    this.#key = key;
    this.certificate = certificate;
  }

  /** Takes the authority of a data directory, which is made the first time. */
  static async open(directory: string): Promise<Authority> {
    const folder = join(directory, 'tls');
    const file = join(folder, 'authority.pem');
    const kept = await readFile(file, 'utf8').catch(unlessMissing);
    const pem = kept ?? (await make(folder, file));
    const at = pem.indexOf('-----BEGIN CERTIFICATE');
    return new Authority(createPrivateKey(pem.slice(0, at)), pem.slice(at));
  }

  /** What a server of this name shows; undefined for a name that is none of AWS's. */
  identity(serverName: string): TlsIdentity | undefined {
    const name = serverName.toLowerCase();
    if (!NAME_OF_HOST.test(name)) return undefined;
    if (!DOMAINS.some((domain) => name.endsWith(`.${domain}`))) return undefined;
    const key = this.#serverKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    return { key, cert: this.#certificateOf(name) };
  }

  #certificateOf(name: string): string {
    const nowMs = Date.now();
    const served = this.#served.get(name);
    if (served && nowMs - served.madeAtMs < RENEWAL_DAYS * DAY_MS) return served.cert;
    const authority = { name: NAME, key: this.#key };
    const cert = serverCertificate(name, this.#serverKey, authority, days(nowMs, SERVER_DAYS));
    if (this.#served.size >= MOST_CACHED) this.#served.clear();
    this.#served.set(name, { cert, madeAtMs: nowMs });
    return cert;
  }
}

/** Labels with dots between them, at most 253 characters. */
const NAME_OF_HOST =
  /^(?=.{1,253}$)[a-z\d_](?:[a-z\d_-]*[a-z\d_])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)+$/;

/** Key and certificate in one file, so that there are both or none. */
async function make(folder: string, file: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const key = newKey();
  const certificate = authorityCertificate(NAME, DOMAINS, key, days(Date.now(), AUTHORITY_DAYS));
  const pem = `${key.export({ type: 'pkcs8', format: 'pem' }).toString()}${certificate}`;
  const draft = `${file}.draft`;
  await writeFile(draft, pem, { mode: 0o600 });
  await rename(draft, file);
  return pem;
}

function newKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

/** From a day ago, as clocks differ. */
function days(nowMs: number, count: number): Validity {
  return { fromMs: nowMs - DAY_MS, untilMs: nowMs + count * DAY_MS };
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
