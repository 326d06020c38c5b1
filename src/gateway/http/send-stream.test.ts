import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { bodyOf, cleanUp, open, start, untilClosed } from '../../../test/clients/raw-http.ts';
import type { HttpStream } from './message.ts';

afterEach(cleanUp);

const get = 'GET / HTTP/1.0\r\nHost: h\r\n\r\n';

const streamed = (body: AsyncIterable<Uint8Array>): HttpStream => ({
  status: 200,
  headers: {},
  body,
});

test('a body that comes bit by bit arrives whole', async () => {
  async function* bits(): AsyncGenerator<Uint8Array> {
    for (const text of ['a', 'b', 'c']) yield Buffer.from(text);
  }
  const socket = await open(await start(async () => streamed(bits())));
  socket.write(get);
  expect(bodyOf(await untilClosed(socket))).toBe('abc');
});

test('a client that takes nothing is made nothing more for, and left when it hangs up', async () => {
  let made = 0;
  let left: (() => void) | undefined;
  const ended = new Promise<void>((resolve) => (left = resolve));
  async function* endless(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        made++;
        yield new Uint8Array(1024 * 1024);
      }
    } finally {
      left?.();
    }
  }
  const socket = await open(await start(async () => streamed(endless())));
  socket.write(get);
  await once(socket, 'readable'); // nobody reads on
  socket.destroy();
  await ended;
  expect(made).toBeGreaterThan(0);
  expect(made).toBeLessThan(64);
});
