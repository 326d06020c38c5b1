import { ChunkedBody, SizedBody, tooLarge, type BodyReader } from './body-reader.ts';
import type { Limits, Refusal } from './listener.ts';
import type { HttpRequest, RequestHead } from './message.ts';
import { parseHead, type IncomingHead } from './request-head.ts';

/** A request that has come whole. */
export interface Incoming {
  readonly request: HttpRequest;
  readonly minor: 0 | 1;
  readonly keepAlive: boolean;
}

/** Bytes of which nothing can be made, nor of what is behind them. */
export interface TurnedDown {
  readonly refusal: Refusal;
  /** Where the bytes had one. */
  readonly head: RequestHead | undefined;
}

const nothing = Buffer.alloc(0);
const headEnd = Buffer.from('\r\n\r\n');

/** Makes requests out of the bytes of one connection, however those are cut into packets. */
export class RequestReader {
  readonly #limits: Pick<Limits, 'headBytes' | 'bodyBytes'>;
  /** What has come and is not taken yet. */
  #bytes: Buffer = nothing;
  #incoming: IncomingHead | undefined;
  #body: BodyReader | undefined;

  constructor(limits: Pick<Limits, 'headBytes' | 'bodyBytes'>) {
    this.#limits = limits;
  }

  /** Bytes that have come and belong to no request yet. */
  get waitingBytes(): number {
    return this.#bytes.length;
  }

  /** What is waited for: a request, the rest of its head, or of its body. */
  get awaits(): 'request' | 'head' | 'body' {
    if (this.#incoming) return 'body';
    return this.#bytes.length > 0 ? 'head' : 'request';
  }

  /** Whether a client waits for leave to send the body, of which nothing has come. */
  get expectsContinue(): boolean {
    return this.#bytes.length === 0 && this.#incoming?.expectsContinue === true;
  }

  push(bytes: Buffer): void {
    this.#bytes = this.#bytes.length === 0 ? bytes : Buffer.concat([this.#bytes, bytes]);
  }

  /** The next request; undefined where more bytes have to come. Not to be asked after a refusal. */
  next(): Incoming | TurnedDown | undefined {
    const refusal = this.#incoming ? undefined : this.#readHead();
    if (refusal) return refusal;
    const incoming = this.#incoming;
    if (!incoming) return undefined;
    const body = this.#readBody(incoming);
    if (body === undefined) return undefined;
    const { head, minor, keepAlive } = incoming;
    if (!Buffer.isBuffer(body)) return { refusal: body, head };
    this.#incoming = this.#body = undefined;
    const { method, path, query, headers } = head;
    return { request: { method, path, query, headers, body }, minor, keepAlive };
  }

  #readHead(): TurnedDown | undefined {
    const { headBytes, bodyBytes } = this.#limits;
    this.#skipEmptyLines();
    const end = this.#bytes.indexOf(headEnd);
    if ((end < 0 ? this.#bytes.length : end + headEnd.length) > headBytes) return turned(tooLong);
    if (end < 0) return isPlausible(this.#bytes) ? undefined : turned(nonsense);
    const parsed = parseHead(this.#bytes.toString('latin1', 0, end + 2));
    if ('status' in parsed) return turned(parsed);
    this.#bytes = this.#bytes.subarray(end + headEnd.length);
    const { head, body } = parsed;
    const maxBytes = bodyBytes(head);
    if (body === 'chunked') this.#body = new ChunkedBody(maxBytes, headBytes);
    else if (body > maxBytes) return turned(tooLarge(maxBytes), head);
    this.#incoming = parsed;
    return undefined;
  }

  #readBody({ body: length }: IncomingHead): Buffer | Refusal | undefined {
    const bytes = this.#bytes;
    // Most bodies come in one packet with their head, and are left where they are.
    if (!this.#body && typeof length === 'number' && bytes.length >= length) {
      this.#bytes = bytes.length === length ? nothing : bytes.subarray(length);
      return bytes.subarray(0, length);
    }
    this.#body ??= new SizedBody(length as number);
    const taken = this.#body.take(bytes);
    if (typeof taken === 'object') return taken;
    this.#bytes = bytes.subarray(taken);
    return this.#body.body;
  }

  /** RFC 9112, 2.2: an empty line before a request is passed over. */
  #skipEmptyLines(): void {
    while (this.#bytes[0] === 0x0d && this.#bytes[1] === 0x0a) {
      this.#bytes = this.#bytes.subarray(2);
    }
  }
}

/** Whether a head could begin like that: who does not speak HTTP is told so, and not waited for. */
function isPlausible(bytes: Buffer): boolean {
  const beginning = bytes.toString('latin1', 0, 1024);
  return !/[^\t\r\n -~\x80-\xff]|(?<!\r)\n|\r(?=[^\n])/.test(beginning);
}

function turned(refusal: Refusal, head?: RequestHead): TurnedDown {
  return { refusal, head };
}

const nonsense: Refusal = { status: 400, reason: 'Bad request: this is no HTTP.' };
const tooLong: Refusal = { status: 431, reason: 'The request line and headers are too large.' };
