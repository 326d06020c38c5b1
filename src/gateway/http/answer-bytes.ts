import { STATUS_CODES } from 'node:http';
import type { HttpResponse } from './message.ts';

/** How an answer goes out, beside what the handler says of it. */
export interface Manner {
  /** Lines that every answer of the listener ends its head with, each with its end. */
  readonly common: string;
  /** Whether the body stays at home: the answer to a HEAD. */
  readonly headOnly: boolean;
}

/** Up to here a copy costs less than a second piece to send. */
const copiedBytes = 64 * 1024;

/**
 * An answer's bytes, in one piece where it is small.
 *
 * @throws RangeError for a status or a header that cannot be sent
 */
export function answerBytes(answer: HttpResponse, { common, headOnly }: Manner): Uint8Array[] {
  const { status, headers, body } = answer;
  const bodiless = status === 204 || status === 304;
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
  const announced = headOnly ? (headers['content-length'] ?? length) : length;
  const head = `${headText(status, headers)}${bodiless ? '' : `content-length: ${announced}\r\n`}${common}\r\n`;
  if (headOnly || bodiless || length === 0) return [Buffer.from(head, 'latin1')];
  if (length > copiedBytes) {
    return [Buffer.from(head, 'latin1'), typeof body === 'string' ? Buffer.from(body) : body];
  }
  const bytes = Buffer.allocUnsafe(head.length + length);
  bytes.write(head, 'latin1');
  if (typeof body === 'string') bytes.write(body, head.length);
  else bytes.set(body, head.length);
  return [bytes];
}

/** Status line and headers but the body's length, each with its end. */
export function headText(status: number, headers: HttpResponse['headers']): string {
  let text = statusLine(status);
  for (const name in headers) {
    const value = headers[name]!;
    if (isForbidden.test(value) || !isToken.test(name)) {
      throw new RangeError(`the header ${name} cannot be sent with the value ${value}`);
    }
    if (name !== 'content-length') text += `${name}: ${value}\r\n`;
  }
  return text;
}

const isToken = /^[!#$%&'*+\-.^_`|~\w]+$/;
const isForbidden = /[^\t -~\x80-\xff]/;

const statusLines = new Map<number, string>();

function statusLine(status: number): string {
  let line = statusLines.get(status);
  if (line === undefined) {
    const isFinal = Number.isInteger(status) && status >= 200 && status <= 599;
    if (!isFinal) throw new RangeError(`${status} is no status of an answer`);
    line = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n`;
    statusLines.set(status, line);
  }
  return line;
}
