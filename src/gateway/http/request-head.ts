import type { Refusal } from './listener.ts';
import type { RequestHead } from './message.ts';

/** A head, and what it says of its connection and of the body behind it (RFC 9112). */
export interface IncomingHead {
  readonly head: RequestHead;
  /** Of HTTP/1.0 or 1.1. */
  readonly minor: 0 | 1;
  /** Whether the client may send a further request on the connection. */
  readonly keepAlive: boolean;
  /** Whether the client waits for leave to send its body. */
  readonly expectsContinue: boolean;
  /** Bytes of the body, or that it comes in chunks. */
  readonly body: number | 'chunked';
}

const requestLine = /^([!#$%&'*+\-.^_`|~\w]+) ([!-~\x80-\xff]+) HTTP\/1\.([01])$/;

/** @param text of the head as Latin-1, each line with its end, without the empty line */
export function parseHead(text: string): IncomingHead | Refusal {
  const end = text.indexOf('\r\n');
  const line = requestLine.exec(text.slice(0, end));
  if (!line) return bad('Bad request: the request line is malformed.');
  const [, method, sent, version] = line as unknown as [string, string, string, string];
  const headers = readFields(text, end + 2);
  if (!headers) return bad('Bad request: a header is malformed.');
  if (method === 'CONNECT') return { status: 405, reason: 'This is not a proxy.' };

  const minor = version === '1' ? 1 : 0;
  const wrongHost = hostRefusal(headers['host'], minor);
  if (wrongHost) return wrongHost;
  const { authority, target } = splitTarget(sent);
  if (!target.startsWith('/')) return bad('The request target is not a path.');
  // RFC 9112, 3.2.2: the authority of an absolute-form target replaces the Host header.
  if (authority !== undefined) headers['host'] = authority;

  const body = framing(headers, minor);
  if (typeof body === 'object') return body;
  const expectation = minor === 1 ? headers['expect'] : undefined;
  if (expectation !== undefined && expectation.toLowerCase() !== '100-continue') {
    return { status: 417, reason: 'The only expectation understood is 100-continue.' };
  }
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? '' : target.slice(mark + 1);
  return {
    head: { method, path, query, headers },
    minor,
    keepAlive: keepsAlive(headers['connection'], minor),
    expectsContinue: expectation !== undefined && body !== 0,
    body,
  };
}

/** Header fields from `at` on by their names; undefined where a line is none. */
export function readFields(text: string, at: number): Record<string, string> | undefined {
  const fields = new Fields();
  for (let start = at; start < text.length;) {
    const colon = text.indexOf(':', start);
    const end = text.indexOf('\r\n', start);
    // A line that begins with a space would go on with the one before: no token, so refused.
    const name = colon < 0 || colon > end ? undefined : fieldName(text.slice(start, colon));
    const value = trimmed(text, colon + 1, end);
    if (name === undefined || notText.test(value)) return undefined;
    const before = fields[name];
    fields[name] = before === undefined ? value : `${before},${value}`;
    start = end + 2;
  }
  return fields;
}

/**
 * Without members of its own or of a prototype's, so that a header called `constructor` or
 * `__proto__` is a header. Of a class, as V8 makes a slow dictionary of `Object.create(null)`.
 */
const Fields = function () {} as unknown as new () => Record<string, string>;
Fields.prototype = Object.create(null);

const token = /^[!#$%&'*+\-.^_`|~\w]+$/;
/** What no field value holds: all controls but the tab, line breaks among them. */
const notText = /[^\t -~\x80-\xff]/;

const seen = new Map<string, string>();
const keptNames = 500;

/** In lower case; undefined for what is no token. Clients send few names, again and again. */
function fieldName(sent: string): string | undefined {
  const known = seen.get(sent);
  if (known !== undefined) return known;
  if (!token.test(sent)) return undefined;
  const name = sent.toLowerCase();
  if (seen.size < keptNames && name.length < 64) seen.set(Buffer.from(sent).toString(), name);
  return name;
}

/** Without spaces and tabs around it; `trim` takes other characters for white as well. */
function trimmed(text: string, from: number, to: number): string {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** A list stands for several headers as well as for one: neither names a host. */
function hostRefusal(host: string | undefined, minor: 0 | 1): Refusal | undefined {
  if (host === undefined) return minor === 1 ? bad('The Host header is missing.') : undefined;
  return host.includes(',') ? bad('There is more than one Host header.') : undefined;
}

/** Anything two readers could understand differently is refused (RFC 9112, 6.3). */
function framing(headers: RequestHead['headers'], minor: 0 | 1): number | 'chunked' | Refusal {
  const coding = headers['transfer-encoding'];
  const length = headers['content-length'];
  if (coding === undefined) {
    if (length === undefined) return 0;
    return /^\d{1,15}$/.test(length) ? Number(length) : bad('The Content-Length is no length.');
  }
  if (length !== undefined) return bad('There are both a Content-Length and a Transfer-Encoding.');
  if (minor === 0) return bad('HTTP/1.0 has no Transfer-Encoding.');
  if (coding.toLowerCase() === 'chunked') return 'chunked';
  return { status: 501, reason: 'The only transfer coding understood is chunked.' };
}

function keepsAlive(connection: string | undefined, minor: 0 | 1): boolean {
  if (connection === undefined) return minor === 1;
  const options = connection.toLowerCase().split(/[ \t]*,[ \t]*/);
  return !options.includes('close') && (minor === 1 || options.includes('keep-alive'));
}

function splitTarget(sent: string): { authority?: string; target: string } {
  if (sent.startsWith('/')) return { target: sent };
  const scheme = /^https?:\/\//i.exec(sent)?.[0];
  if (scheme === undefined) return { target: sent };
  const rest = sent.slice(scheme.length);
  const end = rest.search(/[/?]/);
  if (end < 0) return { authority: rest, target: '/' };
  const target = rest.slice(end);
  return { authority: rest.slice(0, end), target: target.startsWith('?') ? `/${target}` : target };
}

function bad(reason: string): Refusal {
  return { status: 400, reason };
}
