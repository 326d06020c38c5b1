import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { unpacked } from './content-encoding.ts';
import type { HttpRequest } from './message.ts';

function request(body: Uint8Array, encoding?: string): HttpRequest {
  const headers: Record<string, string> =
    encoding === undefined ? {} : { 'content-encoding': encoding };
  return { method: 'POST', path: '/', query: '', headers, body };
}

it('unpacks gzip', async () => {
  const { body } = await unpacked(request(gzipSync('a=b'), 'GZIP'), 1000);
  expect(Buffer.from(body).toString()).toBe('a=b');
});

it('leaves alone what is not packed', async () => {
  const plain = request(Buffer.from('a=b'));
  expect(await unpacked(plain, 1)).toBe(plain);
});

it('stops at the limit, however small the packed body is', async () => {
  const bomb = gzipSync(Buffer.alloc(10_000_000));
  expect(bomb.length).toBeLessThan(20_000);
  await expect(unpacked(request(bomb, 'gzip'), 20_000)).rejects.toMatchObject({
    code: 'RequestEntityTooLarge',
    status: 413,
  });
  expect((await unpacked(request(bomb, 'gzip'), 10_000_000)).body).toHaveLength(10_000_000);
});

it.each([
  ['gzip', 'no gzip', 400],
  ['gzip', '', 400],
  ['br', 'x', 415],
])('refuses %s of %j', async (encoding, text, status) => {
  await expect(unpacked(request(Buffer.from(text), encoding), 1000)).rejects.toMatchObject({
    code: 'SerializationException',
    status,
  });
});
