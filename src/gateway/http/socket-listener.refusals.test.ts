import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import {
  answerTo,
  cleanUp,
  close,
  echo,
  open,
  start,
  untilClosed,
} from '../../../test/clients/raw-http.ts';
import type { Handler } from './listener.ts';

afterEach(cleanUp);

describe('what is refused', () => {
  const chunked = (body: string): string =>
    `POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n${body}`;
  const smuggled = 'Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n';

  it.each([
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['no such version', 'GET / HTTP/9.9\r\nHost: h\r\n\r\n', 400],
    ['a TLS greeting', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
    ['a bad header', 'GET / HTTP/1.1\r\nHost: h\r\nbad header\r\n\r\n', 400],
    ['a header in two lines', 'GET / HTTP/1.1\r\nHost: h\r\nA: b\r\n c\r\n\r\n', 400],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['two hosts', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', 400],
    ['no path', 'OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n', 400],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na',
      400,
    ],
    [
      'the same length twice',
      'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na',
      400,
    ],
    ['a signed length', 'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: +1\r\n\r\na', 400],
    ['a length that is none', 'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n', 400],
    ['a length and chunks', `POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n${smuggled}`, 400],
    [
      'another coding',
      'POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n',
      501,
    ],
    [
      'chunks twice',
      `POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n${smuggled}`,
      501,
    ],
    ['chunks of HTTP/1.0', `POST / HTTP/1.0\r\nHost: h\r\n${smuggled}`, 400],
    ['lines without a carriage return', 'GET / HTTP/1.1\nHost: h\n\n', 400],
    ['one such line', 'GET / HTTP/1.1\r\nHost: h\nA: b\r\n\r\n', 400],
    ['a lone carriage return', 'GET / HTTP/1.1\r\nHost: h\r\nA: b\rC: d\r\n\r\n', 400],
    ['a NUL', 'GET / HTTP/1.1\r\nHost: h\r\nA: \0\r\n\r\n', 400],
    ['a space in front of a colon', 'GET / HTTP/1.1\r\nHost : h\r\n\r\n', 400],
    ['a header without a name', 'GET / HTTP/1.1\r\nHost: h\r\n: b\r\n\r\n', 400],
    ['two spaces', 'GET  / HTTP/1.1\r\nHost: h\r\n\r\n', 400],
    ['a chunk longer than it says', chunked('1\r\nab\r\n0\r\n\r\n'), 400],
    ['a chunk of negative size', chunked('-1\r\n'), 400],
    ['a line break in an extension', chunked('1;a\nb\r\na\r\n0\r\n\r\n'), 400],
    ['a long extension', chunked(`1;${'a'.repeat(5000)}`), 431],
    ['a trailer that is none', chunked('0\r\nbad trailer\r\n\r\n'), 400],
    ['large trailers', chunked(`0\r\n${'A: b\r\n'.repeat(1000)}`), 431],
    ['a bad chunk', 'POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 400],
    ['a tunnel', 'CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n', 405],
    ['a large head', `GET / HTTP/1.1\r\nHost: h\r\nA: ${'a'.repeat(5000)}\r\n\r\n`, 431],
    ['a large target', `GET /${'a'.repeat(5000)} HTTP/1.1\r\nHost: h\r\n\r\n`, 431],
    ['a large body', 'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\n\r\n', 413],
    [
      'large chunks',
      `POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n${'a'.repeat(1001)}\r\n0\r\n\r\n`,
      413,
    ],
  ])('%s', async (_what, text, status) => {
    let handled = 0;
    const count: Handler = (request, context) => {
      handled++;
      return echo(request, context);
    };
    const limits = { headBytes: 4096, bodyBytes: () => 1000 };
    const listener = await start(count, { limits });
    const socket = await open(listener);
    socket.write(text, 'latin1');
    // A client that has sent less than it announced gives up.
    const first = (await once(socket, 'data')) as [Buffer];
    socket.end();
    const answer = `${first[0].toString()}${await untilClosed(socket)}`;
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toMatch(/\r\nconnection: close\r\n/i);
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(handled).toBe(0);
    const fine = await answerTo(listener, `GET / HTTP/1.1\r\nHost: h\r\n${close}\r\n`);
    expect(fine).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('is worded by whoever listens', async () => {
    const listener = await start(echo, {
      limits: { bodyBytes: ({ path }) => (path === '/small' ? 1 : 10) },
      refuse: ({ status }, head) => ({
        status,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ status, path: head?.path }),
      }),
    });
    const post = (path: string) =>
      answerTo(listener, `POST ${path} HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n${close}\r\nab`);
    expect(await post('/small')).toMatch(/\{"status":413,"path":"\/small"\}$/);
    expect(await post('/large')).toMatch(/POST \/large {2}ab$/);
  });

  it('behind a good request waits for its answer', async () => {
    const answer = await answerTo(
      await start(),
      'GET /good HTTP/1.1\r\nHost: h\r\n\r\nnonsense\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK[^]*GET \/good[^]*HTTP\/1\.1 400 Bad Request/);
  });

  it('reaches a client that is still sending', async () => {
    const limits = { bodyBytes: () => 1000, lingerTimeoutMs: 300 };
    const listener = await start(echo, { limits });
    const { port } = listener.address;
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      body: Buffer.alloc(8 * 1024 * 1024),
    });
    expect(response.status).toBe(413);
    expect(await response.text()).toBe('The body is larger than 1000 bytes.\n');
  });
});

describe('a client that is slow', () => {
  const limits = { headTimeoutMs: 40, stallTimeoutMs: 40, requestTimeoutMs: 10_000 };

  it('with its head is cut off', async () => {
    const answer = await answerTo(await start(echo, { limits }), 'GET / HTTP/1.1\r\nHost');
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('with its body is cut off', async () => {
    const answer = await answerTo(
      await start(echo, { limits }),
      'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nab',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('with all of its request is cut off', async () => {
    const brief = { headTimeoutMs: 40, requestTimeoutMs: 40 };
    const answer = await answerTo(
      await start(echo, { limits: brief }),
      'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nab',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('to take its answer is cut off', async () => {
    let signal: AbortSignal | undefined;
    const large: Handler = async (_request, context) => {
      signal = context.signal;
      return { status: 200, headers: {}, body: Buffer.alloc(64 * 1024 * 1024) };
    };
    const socket = await open(await start(large, { limits }));
    socket.pause();
    socket.write('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
    await once(socket, 'readable');
    if (!signal!.aborted) await once(signal!, 'abort');
    expect(signal!.aborted).toBe(true);
  });

  it('but silent between requests is let go without a word', async () => {
    const listener = await start(echo, { limits: { ...limits, keepAliveTimeoutMs: 40 } });
    expect(await answerTo(listener, '')).toBe('');
  });
});
