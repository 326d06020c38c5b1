import type { IncomingMessage } from 'node:http';
import type { Refusal } from './listener.ts';
import type { RequestHead } from './message.ts';

/** The head as our messages have it; `host` is the authority of an absolute request target. */
export function headOf({ method, url, rawHeaders }: IncomingMessage): RequestHead {
  const headers = joined(rawHeaders);
  const { authority, target } = split(url ?? '');
  // RFC 9112, 3.2.2: the authority of an absolute-form target replaces the Host header.
  if (authority !== undefined) headers['host'] = authority;
  const mark = target.indexOf('?');
  return {
    method: method ?? '',
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? '' : target.slice(mark + 1),
    headers,
  };
}

/** What is wrong with a head that node's parser let through. */
export function refusalOf(head: RequestHead, message: IncomingMessage): Refusal | undefined {
  const { headers } = head;
  if (!head.path.startsWith('/')) return bad('The request target is not a path.');
  if (message.httpVersion === '1.1' && headers['host'] === undefined) {
    return bad('The Host header is missing.');
  }
  if (repeats(message.rawHeaders, 'host')) return bad('There is more than one Host header.');
  const coding = headers['transfer-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') {
    return { status: 501, reason: 'The only transfer coding understood is chunked.' };
  }
  return undefined;
}

function bad(reason: string): Refusal {
  return { status: 400, reason };
}

// Without a prototype, so that a header called `constructor` or `__proto__` is a header.
function joined(rawHeaders: readonly string[]): Record<string, string> {
  const headers = Object.create(null) as Record<string, string>;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]!.toLowerCase();
    const value = rawHeaders[at + 1]!;
    const before = headers[name];
    headers[name] = before === undefined ? value : `${before},${value}`;
  }
  return headers;
}

function repeats(rawHeaders: readonly string[], name: string): boolean {
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (rawHeaders[at]!.length === name.length && rawHeaders[at]!.toLowerCase() === name) count++;
  }
  return count > 1;
}

function split(url: string): { authority?: string; target: string } {
  if (url.startsWith('/')) return { target: url };
  const scheme = /^https?:\/\//i.exec(url)?.[0];
  if (scheme === undefined) return { target: url };
  const end = url.slice(scheme.length).search(/[/?]/);
  if (end < 0) return { authority: url.slice(scheme.length), target: '/' };
  const target = url.slice(scheme.length + end);
  return {
    authority: url.slice(scheme.length, scheme.length + end),
    target: target.startsWith('?') ? `/${target}` : target,
  };
}
