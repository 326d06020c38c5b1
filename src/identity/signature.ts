import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import type { RequestHead } from '../gateway/http/message.ts';

/** Where and when a signature is good: the middle of a credential, `20150830/us-east-1/iam`. */
export interface Scope {
  /** `YYYYMMDD` */
  readonly date: string;
  readonly region: string;
  /** The service's signing name. */
  readonly service: string;
}

/** What a signature covers beside the request itself. */
export interface Coverage {
  /** Lower-case names in order, joined by `;`, as the client gave them. */
  readonly signedHeaders: string;
  /** Hexadecimal SHA-256 of the body, or S3's word for what stands in its place. */
  readonly payloadHash: string;
  /** S3 encodes a path once and keeps its dots and slashes; all others encode it once more. */
  readonly pathEncoding: 'single' | 'double';
}

/** SHA-256 in lower-case hexadecimal; text is taken as the Latin-1 bytes that came over the wire. */
export function sha256(data: Uint8Array | string): string {
  // One-shot: a Hash object costs half as much again.
  return hash('sha256', typeof data === 'string' ? Buffer.from(data, 'latin1') : data);
}

/**
 * A request in the form that both sides can derive.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function canonicalRequest(request: RequestHead, coverage: Coverage): string {
  const { signedHeaders, payloadHash, pathEncoding } = coverage;
  const path = pathEncoding === 'single' ? singlyEncoded(request.path) : normalized(request.path);
  let headers = '';
  for (const name of signedHeaders.split(';')) {
    // A client may name `constructor`, which every object has.
    const value = Object.hasOwn(request.headers, name) ? request.headers[name]! : '';
    headers += `${name}:${collapsed(value)}\n`;
  }
  const query = request.query === '' ? '' : canonicalQuery(request.query);
  return `${request.method}\n${path}\n${query}\n${headers}\n${signedHeaders}\n${payloadHash}`;
}

/** @param timestamp `YYYYMMDDTHHMMSSZ` */
export function stringToSign(timestamp: string, scope: Scope, canonical: string): string {
  const { date, region, service } = scope;
  return `AWS4-HMAC-SHA256\n${timestamp}\n${date}/${region}/${service}/aws4_request\n${sha256(canonical)}`;
}

/** The key that signs one day's requests to one service in one region. */
export function signingKey(secretAccessKey: string, { date, region, service }: Scope): SigningKey {
  let bytes: Buffer = Buffer.from(`AWS4${secretAccessKey}`);
  for (const part of [date, region, service, 'aws4_request']) {
    bytes = createHmac('sha256', bytes).update(part).digest();
  }
  return new SigningKey(bytes);
}

const blockBytes = 64;

/**
 * HMAC-SHA-256 under one key (RFC 2104): two one-shot hashes cost half as much as node's Hmac
 * object, which is made for text that comes bit by bit.
 */
export class SigningKey {
  readonly #inner: Buffer;
  readonly #outer: Buffer;

  /** @param key of no more than a block, which every hash is */
  constructor(key: Uint8Array) {
    this.#inner = padded(key, 0x36);
    this.#outer = padded(key, 0x5c);
  }

  /** @returns lower-case hexadecimal @param text taken as Latin-1 */
  sign(text: string): string {
    const inner = Buffer.concat([this.#inner, Buffer.from(text, 'latin1')]);
    return hash('sha256', Buffer.concat([this.#outer, hash('sha256', inner, 'buffer')]));
  }
}

function padded(key: Uint8Array, pad: number): Buffer {
  const block = Buffer.alloc(blockBytes, pad);
  for (const [at, byte] of key.entries()) block[at] = byte ^ pad;
  return block;
}

/** Compares in constant time. @param signature 64 lower-case hexadecimal digits; false for others */
export function verifies(signature: string, key: SigningKey, text: string): boolean {
  const given = Buffer.from(signature);
  const expected = Buffer.from(key.sign(text));
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const keptKeys = 1000;

/** Signing keys that were derived already; a key is derived anew when its secret has changed. */
export class SigningKeys {
  readonly #keys = new Map<string, { secret: string; key: SigningKey }>();

  /** @param credential what the key is for, as the client wrote it: access key ID and scope */
  get(credential: string, secret: string, scope: Scope): SigningKey {
    const kept = this.#keys.get(credential);
    if (kept?.secret === secret) return kept.key;
    const key = signingKey(secret, scope);
    if (this.#keys.size >= keptKeys) this.#keys.delete(this.#keys.keys().next().value!);
    this.#keys.set(credential, { secret, key });
    return key;
  }
}

/** Encodes all but `A-Z a-z 0-9 - . _ ~`, as the canonical request wants it. */
export function uriEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, percentEncoded);
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** Percent-decodes, leaving alone what is not well-formed. */
function uriDecode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Decoded names and values in the order sent; `+` is a space, as everywhere in query strings. */
export function queryPairs(query: string): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const plain = pair.includes('+') ? pair.replaceAll('+', '%20') : pair;
    const equals = plain.indexOf('=');
    const name = equals < 0 ? plain : plain.slice(0, equals);
    pairs.push([uriDecode(name), equals < 0 ? '' : uriDecode(plain.slice(equals + 1))]);
  }
  return pairs;
}

function canonicalQuery(query: string): string {
  const pairs: { name: string; value: string }[] = [];
  for (const [name, value] of queryPairs(query)) {
    if (name !== 'X-Amz-Signature') pairs.push({ name: uriEncode(name), value: uriEncode(value) });
  }
  pairs.sort((a, b) => compare(a.name, b.name) || compare(a.value, b.value));
  return pairs.map(({ name, value }) => `${name}=${value}`).join('&');
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function singlyEncoded(path: string): string {
  if (/^[A-Za-z0-9\-._~/]*$/.test(path)) return path;
  return path
    .split('/')
    .map((segment) => uriEncode(uriDecode(segment)))
    .join('/');
}

function normalized(path: string): string {
  if (path === '/') return path;
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(uriEncode(segment));
  }
  const trailing = path.endsWith('/') && segments.length > 0 ? '/' : '';
  return `/${segments.join('/')}${trailing}`;
}

function collapsed(value: string): string {
  const trimmed = value.trim();
  return trimmed.includes('  ') ? trimmed.replace(/ +/g, ' ') : trimmed;
}
