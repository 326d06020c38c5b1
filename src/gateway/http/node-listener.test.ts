import { once } from 'node:events';
import * as http from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Handler, Listener, ListenOptions } from './listener.ts';
import type { HttpRequest } from './message.ts';
import { listen } from './node-listener.ts';

const cleanups: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** Tells what it was asked. */
const echo: Handler = async ({ method, path, query, body }) => ({
  status: 200,
  headers: { 'content-type': 'text/plain' },
  body: `${method} ${path} ${query} ${Buffer.from(body).toString()}`,
});

async function start(
  handler: Handler = echo,
  options: Partial<ListenOptions> = {},
): Promise<Listener> {
  const listener = await listen({ host: '127.0.0.1', port: 0, ...options }, handler);
  cleanups.push(() => listener.close());
  return listener;
}

async function open({ address }: Listener): Promise<Socket> {
  const socket = connect(address.port, address.host);
  cleanups.push(() => void socket.destroy());
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Everything the server says until it closes the connection. */
async function untilClosed(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  if (!socket.closed) await once(socket, 'close');
  return Buffer.concat(chunks).toString('latin1');
}

/** What the server says to these bytes, sent on a connection of their own. */
async function answerTo(listener: Listener, text: string): Promise<string> {
  const socket = await open(listener);
  socket.write(text, 'latin1');
  return untilClosed(socket);
}

function bodyOf(answer: string): string {
  return answer.slice(answer.indexOf('\r\n\r\n') + 4);
}

const close = 'Connection: close\r\n';

describe('a request', () => {
  it('keeps its path and query as sent', async () => {
    const answer = await answerTo(
      await start(),
      `GET //a/../%2f%zz?x=%20&&y?= HTTP/1.1\r\nHost: h\r\n${close}\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer).toMatch(/\r\ncontent-length: 29\r\n/i);
    expect(answer).toMatch(/\r\ndate: /i);
    expect(bodyOf(answer)).toBe('GET //a/../%2f%zz x=%20&&y?= ');
  });

  it.each([
    ['http://other:1/p?q', 'other:1 /p q'],
    ['HTTP://other', 'other / '],
    ['http://other?q', 'other / q'],
  ])('may have the absolute target %s', async (target, expected) => {
    const listener = await start(async ({ headers, path, query }) => ({
      status: 200,
      headers: {},
      body: `${headers['host']} ${path} ${query}`,
    }));
    const answer = await answerTo(listener, `GET ${target} HTTP/1.1\r\nHost: h\r\n${close}\r\n`);
    expect(bodyOf(answer)).toBe(expected);
  });

  it('has its repeated headers joined, whatever they are called', async () => {
    let seen: HttpRequest['headers'] = {};
    const listener = await start(async ({ headers }) => {
      seen = headers;
      return { status: 200, headers: {}, body: '' };
    });
    const lines = 'X-A: 1\r\nx-a: 2\r\n__proto__: p\r\nconstructor: c\r\nAuthorization: a\r\n';
    await answerTo(
      listener,
      `GET / HTTP/1.1\r\nHost: h\r\n${lines}Authorization: b\r\n${close}\r\n`,
    );
    expect(Object.entries(seen)).toEqual([
      ['host', 'h'],
      ['x-a', '1,2'],
      ['__proto__', 'p'],
      ['constructor', 'c'],
      ['authorization', 'a,b'],
      ['connection', 'close'],
    ]);
  });

  it('may come in chunks', async () => {
    const head = `POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n${close}\r\n`;
    const answer = await answerTo(await start(), `${head}3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n`);
    expect(bodyOf(answer)).toBe('POST /  abcde');
  });

  it('of a HEAD gets the length of a body, and no body', async () => {
    const answer = await answerTo(await start(), `HEAD /a HTTP/1.1\r\nHost: h\r\n${close}\r\n`);
    expect(answer).toMatch(/\r\ncontent-length: 9\r\n/i);
    expect(bodyOf(answer)).toBe('');
  });

  it('may be answered without any body', async () => {
    const listener = await start(async () => ({ status: 204, headers: {}, body: '' }));
    const answer = await answerTo(listener, `GET / HTTP/1.1\r\nHost: h\r\n${close}\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 204 No Content\r\n/);
    expect(answer).not.toMatch(/content-length/i);
  });

  it('behind another is handled after it, on the same connection', async () => {
    const order: string[] = [];
    const listener = await start(async (request) => {
      order.push(`in ${request.path}`);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(`out ${request.path}`);
      return echo(request, { signal: AbortSignal.abort() });
    });
    const answer = await answerTo(
      listener,
      `POST /1 HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nabGET /2 HTTP/1.1\r\nHost: h\r\n\r\nGET /3 HTTP/1.1\r\nHost: h\r\n${close}\r\n`,
    );
    expect(order).toEqual(['in /1', 'out /1', 'in /2', 'out /2', 'in /3', 'out /3']);
    expect(answer.match(/(POST|GET) \/\d/g)).toEqual(['POST /1', 'GET /2', 'GET /3']);
  });
});

describe('an expectation', () => {
  const head = 'PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n';

  it('of 100-continue is met before the body is read', async () => {
    const socket = await open(await start());
    socket.write(`${head}Expect: 100-continue\r\n${close}\r\n`);
    const [interim] = (await once(socket, 'data')) as [Buffer];
    expect(interim.toString()).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    socket.write('abc');
    expect(await untilClosed(socket)).toMatch(/PUT \/ {2}abc$/);
  });

  it('of 100-continue is not met where the body would be refused', async () => {
    const listener = await start(echo, { limits: { bodyBytes: () => 2 } });
    const answer = await answerTo(listener, `${head}Expect: 100-continue\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('of anything else is refused', async () => {
    const answer = await answerTo(await start(), `${head}Expect: tea\r\n\r\nabc`);
    expect(answer).toMatch(/^HTTP\/1\.1 417 /);
  });
});

describe('what is refused', () => {
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
    ['a length that is none', 'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n', 400],
    ['a length and chunks', `POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n${smuggled}`, 400],
    [
      'another coding',
      'POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n',
      501,
    ],
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
    const size = 64 * 1024 * 1024;
    const large: Handler = async () => ({ status: 200, headers: {}, body: Buffer.alloc(size) });
    const socket = await open(await start(large, { limits }));
    socket.pause();
    socket.write('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
    await once(socket, 'readable');
    await new Promise((resolve) => setTimeout(resolve, 200));
    let bytes = 0;
    socket.on('data', (chunk: Buffer) => (bytes += chunk.length)).resume();
    await once(socket, 'close');
    expect(bytes).toBeLessThan(size);
  });

  it('but silent between requests is let go without a word', async () => {
    const listener = await start(echo, { limits: { ...limits, keepAliveTimeoutMs: 40 } });
    expect(await answerTo(listener, '')).toBe('');
  });
});

describe('a client that hangs up', () => {
  it('while its request is handled is told to the handler', async () => {
    let aborted: Promise<unknown> | undefined;
    const listener = await start(async (_request, { signal }) => {
      aborted = once(signal, 'abort');
      arrive();
      await aborted;
      return { status: 200, headers: {}, body: 'too late' };
    });
    let arrive!: () => void;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const socket = await open(listener);
    socket.write('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
    await arrived;
    socket.destroy();
    await expect(aborted).resolves.toBeDefined();
  });

  it('in the middle of its body is never handled', async () => {
    let handled = 0;
    const listener = await start(async () => {
      handled++;
      return { status: 200, headers: {}, body: '' };
    });
    const socket = await open(listener);
    socket.write('POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nab');
    socket.destroy();
    const fine = await answerTo(listener, `GET / HTTP/1.1\r\nHost: h\r\n${close}\r\n`);
    expect(fine).toMatch(/^HTTP\/1\.1 200 /);
    expect(handled).toBe(1);
  });
});

describe('a handler’s mistake', () => {
  it.each([
    ['an exception', () => Promise.reject(new Error('oh'))],
    ['a bad header', async () => ({ status: 200, headers: { a: 'b\r\nc: d' }, body: '' })],
    ['a bad status', async () => ({ status: 7, headers: {}, body: '' })],
  ] satisfies [string, Handler][])('such as %s answers 500', async (_what, handler) => {
    const reported: unknown[] = [];
    const listener = await start(handler, { report: (error) => reported.push(error) });
    const answer = await answerTo(listener, `GET / HTTP/1.1\r\nHost: h\r\n${close}\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 500 [^]*Something is broken in here\.\n$/);
    expect(reported).toHaveLength(1);
  });
});

describe('closing', () => {
  it('lets requests under way finish, and idle connections go', async () => {
    let release!: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    let arrived!: () => void;
    const waiting = new Promise<void>((resolve) => (arrived = resolve));
    const listener = await start(async () => {
      arrived();
      await held;
      return { status: 200, headers: {}, body: 'done' };
    });
    const idle = await open(listener);
    const idleClosed = untilClosed(idle);
    const agent = new http.Agent({ keepAlive: true });
    cleanups.push(() => agent.destroy());
    const { port } = listener.address;
    const request = http.get({ port, host: '127.0.0.1', agent });
    await waiting;
    const closed = listener.close();
    expect(await idleClosed).toBe('');
    release();
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    expect(response.headers.connection).toBe('close');
    const [body] = (await once(response, 'data')) as [Buffer];
    expect(body.toString()).toBe('done');
    await closed;
  });

  it('waits no longer than it was told for a request that hangs', async () => {
    let arrived!: () => void;
    const waiting = new Promise<void>((resolve) => (arrived = resolve));
    const hang: Handler = () => {
      arrived();
      return new Promise(() => undefined);
    };
    const listener = await start(hang, { limits: { drainTimeoutMs: 20 } });
    const answer = answerTo(listener, 'GET / HTTP/1.1\r\nHost: h\r\n\r\n');
    await waiting;
    await listener.close();
    expect(await answer).toBe('');
  });
});

it('refuses a port that is taken', async () => {
  const { port } = (await start()).address;
  await expect(listen({ host: '127.0.0.1', port }, echo)).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});
