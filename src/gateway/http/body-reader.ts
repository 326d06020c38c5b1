import type { Refusal } from './listener.ts';
import { readFields } from './request-head.ts';

/** Gathers one request's body out of what comes. */
export interface BodyReader {
  /**
   * Takes from the start of `bytes` what is the body's.
   * @returns how many it took; what is left is given again with more behind it, or follows the body
   */
  take(bytes: Buffer): number | Refusal;
  /** The body, once it is complete. */
  readonly body: Buffer | undefined;
}

/** A body whose length was announced. */
export class SizedBody implements BodyReader {
  readonly #length: number;
  readonly #gathered = new GrowingBuffer();

  constructor(length: number) {
    this.#length = length;
  }

  get body(): Buffer | undefined {
    const { bytes } = this.#gathered;
    return bytes.length === this.#length ? bytes : undefined;
  }

  take(bytes: Buffer): number {
    const count = Math.min(bytes.length, this.#length - this.#gathered.bytes.length);
    this.#gathered.append(bytes.subarray(0, count));
    return count;
  }
}

const chunkSize = /^([\da-f]{1,8})(?:[ \t]*;[\t -~\x80-\xff]*)?$/i;

/** A body in chunks (RFC 9112, 7.1). What their extensions and the trailers say is not told to anybody. */
export class ChunkedBody implements BodyReader {
  readonly #maxBytes: number;
  readonly #lineBytes: number;
  readonly #gathered = new GrowingBuffer();
  #next: 'size' | 'data' | 'end of data' | 'trailer' | 'nothing' = 'size';
  /** Bytes of the chunk that are to come. */
  #missing = 0;
  #trailerBytes = 0;

  /** @param lineBytes how long a chunk's first line may be, and all trailers together */
  constructor(maxBytes: number, lineBytes: number) {
    this.#maxBytes = maxBytes;
    this.#lineBytes = lineBytes;
  }

  get body(): Buffer | undefined {
    return this.#next === 'nothing' ? this.#gathered.bytes : undefined;
  }

  take(bytes: Buffer): number | Refusal {
    let at = 0;
    while (this.#next !== 'nothing') {
      const taken = this.#next === 'data' ? this.#data(bytes, at) : this.#line(bytes, at);
      if (typeof taken === 'object') return taken;
      if (taken === 0) break;
      at += taken;
    }
    return at;
  }

  #data(bytes: Buffer, at: number): number {
    const count = Math.min(this.#missing, bytes.length - at);
    this.#gathered.append(bytes.subarray(at, at + count));
    this.#missing -= count;
    if (this.#missing === 0) this.#next = 'end of data';
    return count;
  }

  /** Takes a line, if all of it has come. */
  #line(bytes: Buffer, at: number): number | Refusal {
    const end = bytes.indexOf('\r\n', at);
    const length = (end < 0 ? bytes.length : end) - at;
    if (this.#next === 'end of data' && length > 1) return malformed;
    if (length > this.#lineBytes) return longLine;
    if (end < 0) return 0;
    const line = bytes.toString('latin1', at, end);
    const refusal = this.#next === 'trailer' ? this.#trailer(line) : this.#framing(line);
    return refusal ?? length + 2;
  }

  #framing(line: string): Refusal | undefined {
    if (this.#next === 'end of data') {
      this.#next = 'size';
      return line === '' ? undefined : malformed;
    }
    const digits = chunkSize.exec(line)?.[1];
    if (digits === undefined) return malformed;
    this.#missing = Number.parseInt(digits, 16);
    this.#next = this.#missing === 0 ? 'trailer' : 'data';
    return this.#gathered.bytes.length + this.#missing > this.#maxBytes
      ? tooLarge(this.#maxBytes)
      : undefined;
  }

  #trailer(line: string): Refusal | undefined {
    if (line === '') {
      this.#next = 'nothing';
      return undefined;
    }
    this.#trailerBytes += line.length + 2;
    if (this.#trailerBytes > this.#lineBytes) return longLine;
    return readFields(`${line}\r\n`, 0) ? undefined : malformed;
  }
}

/** Bytes that were put one behind the other, without a piece for each. */
class GrowingBuffer {
  #buffer = Buffer.alloc(0);
  #length = 0;

  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  append(bytes: Buffer): void {
    const length = this.#length + bytes.length;
    if (length > this.#buffer.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.#buffer.length));
      this.#buffer.copy(grown, 0, 0, this.#length);
      this.#buffer = grown;
    }
    bytes.copy(this.#buffer, this.#length);
    this.#length = length;
  }
}

export function tooLarge(maxBytes: number): Refusal {
  return { status: 413, reason: `The body is larger than ${maxBytes} bytes.` };
}

const malformed: Refusal = { status: 400, reason: 'Bad request: a chunk is malformed.' };
const longLine: Refusal = {
  status: 431,
  reason: 'The chunk extensions or trailers are too large.',
};
