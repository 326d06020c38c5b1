import * as fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { cleanUp, open, start, untilClosed } from '../../../test/clients/raw-http.ts';
import { RequestReader } from './request-reader.ts';

afterEach(cleanUp);

const limits = { headBytes: 2048, bodyBytes: () => 1000 };

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
  /** Sizes of the chunks that the body is sent in; with its length where there are none. */
  readonly chunks: readonly number[] | undefined;
}

const text = (characters: string, max: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...characters.split('')), minLength: 1, maxLength: max });

const sent: fc.Arbitrary<Sent> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'M-SEARCH'),
  path: text('ab/%2f.é', 12).map((rest) => `/${rest}`),
  headers: fc.array(
    fc.tuple(
      text('abcXYZ-_!', 8).map((name) => `x${name}`),
      text('a :;,\té"', 12).map((value) => value.replace(/^[ \t]+|[ \t]+$/g, '')),
    ),
    { maxLength: 5 },
  ),
  body: fc.uint8Array({ maxLength: 200 }),
  chunks: fc.option(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 }), {
    nil: undefined,
  }),
});

/** The bytes of a request, as Latin-1 text. */
function written({ method, path, headers, body, chunks }: Sent): string {
  const framing = chunks ? 'Transfer-Encoding: chunked' : `Content-Length: ${body.length}`;
  const lines = headers.map(([name, value]) => `${name}:${value}\r\n`).join('');
  const whole = Buffer.from(body).toString('latin1');
  const head = `${method} ${path} HTTP/1.1\r\nHost: h\r\n${lines}${framing}\r\n\r\n`;
  if (!chunks) return head + whole;
  let inChunks = '';
  for (let at = 0, count = 0; at < whole.length; count++) {
    const piece = whole.slice(at, at + chunks[count % chunks.length]!);
    inChunks += `${piece.length.toString(16)};x="y"\r\n${piece}\r\n`;
    at += piece.length;
  }
  return `${head}${inChunks}0\r\nTrailer: t\r\n\r\n`;
}

/** Everything that a reader makes of packets, as text. */
function readAll(packets: readonly Buffer[]): string[] {
  const reader = new RequestReader(limits);
  const read: string[] = [];
  for (const packet of packets) {
    reader.push(packet);
    for (let next = reader.next(); next; next = reader.next()) {
      if ('refusal' in next) return [...read, `${next.refusal.status} ${next.refusal.reason}`];
      const { method, path, query, headers, body } = next.request;
      read.push(JSON.stringify([method, path, query, headers, Buffer.from(body).toString('hex')]));
    }
  }
  return read;
}

function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].toSorted(
    (a, b) => a - b,
  );
  return [...ends, bytes.length].map((end, at) => bytes.subarray(ends[at - 1] ?? 0, end));
}

const places = fc.array(fc.nat({ max: 5000 }), { maxLength: 12 });

it('reads the same requests however their bytes are cut into packets', () => {
  fc.assert(
    fc.property(fc.array(sent, { minLength: 1, maxLength: 4 }), places, (requests, cuts) => {
      const bytes = Buffer.from(requests.map(written).join(''), 'latin1');
      const read = readAll(cut(bytes, cuts));
      expect(read).toHaveLength(requests.length);
      for (const [at, { method, path, body }] of requests.entries()) {
        expect(JSON.parse(read[at]!)).toMatchObject([
          method,
          path,
          '',
          { host: 'h' },
          Buffer.from(body).toString('hex'),
        ]);
      }
      expect(read).toEqual(readAll([bytes]));
    }),
    { numRuns: 300 },
  );
});

it('reads a request byte by byte', () => {
  const request: Sent = {
    method: 'PUT',
    path: '/a',
    headers: [['A', 'b']],
    body: Buffer.from('xyz'),
    chunks: [2],
  };
  const bytes = Buffer.from(written(request), 'latin1');
  expect(readAll([...bytes].map((byte) => Buffer.of(byte)))).toEqual([
    '["PUT","/a","",{"host":"h","a":"b","transfer-encoding":"chunked"},"78797a"]',
  ]);
});

/** A stream of requests in which some bytes were replaced, put in or left out. */
const broken: fc.Arbitrary<Buffer> = fc
  .tuple(
    fc.array(sent, { minLength: 1, maxLength: 3 }),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 3 }), text('\0\r\n :,;0a\x7f\xffHT/1.', 4)), {
      minLength: 1,
      maxLength: 5,
    }),
  )
  .map(([requests, changes]) => {
    let bytes = requests.map(written).join('');
    for (const [place, removed, added] of changes) {
      const at = place % bytes.length;
      bytes = bytes.slice(0, at) + added + bytes.slice(at + removed);
    }
    return Buffer.from(bytes, 'latin1');
  });

it('makes the same of broken bytes however they are cut, and never fails', () => {
  fc.assert(
    fc.property(broken, places, (bytes, cuts) => {
      const whole = readAll([bytes]);
      const pieces = readAll(cut(bytes, cuts));
      // Cut off early, nonsense is seen to be such before its head is complete.
      const isRefusal = (read: string | undefined): boolean => /^\d/.test(read ?? '');
      expect(pieces.filter((read) => !isRefusal(read))).toEqual(
        whole.filter((read) => !isRefusal(read)),
      );
      expect(isRefusal(pieces.at(-1))).toBe(isRefusal(whole.at(-1)));
    }),
    { numRuns: 300 },
  );
});

const answer = /HTTP\/1\.1 \d{3} [\w -]+\r\n(?:[\w-]+: [^\r\n]*\r\n)*\r\n/g;

it('answers broken bytes with whole answers, the last of which is a refusal', async () => {
  const listener = await start(
    async ({ body }) => ({ status: 200, headers: {}, body: `=${body.length}=` }),
    { limits },
  );
  await fc.assert(
    fc.asyncProperty(broken, async (bytes) => {
      const socket = await open(listener);
      socket.end(bytes);
      const said = await untilClosed(socket);
      const rest = said.replace(answer, '').replace(/=\d+=|[A-Z][\w. ,:'-]+\.\n/g, '');
      expect(rest).toBe('');
      expect(said).not.toMatch(/HTTP\/1\.1 5(?!01)/);
      const statuses = said.match(/(?<=HTTP\/1\.1 )\d{3}/g) ?? [];
      expect(statuses.slice(0, -1).every((status) => status === '200')).toBe(true);
    }),
    { numRuns: 60 },
  );
});
