import { once } from 'node:events';
import * as http from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import {
  answerTo,
  bodyOf,
  cleanUp,
  close,
  echo,
  open,
  start,
  untilClosed,
} from '../../../test/clients/raw-http.ts';
import type { Handler } from './listener.ts';
import type { HttpRequest } from './message.ts';
import { listen } from './socket-listener.ts';

afterEach(cleanUp);

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

  it('may have trailers behind its chunks, and empty lines before it', async () => {
    const head = `\r\n\r\nPOST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n`;
    const next = `GET /next HTTP/1.1\r\nHost: h\r\n${close}\r\n`;
    const answer = await answerTo(await start(), `${head}3\r\nabc\r\n0\r\nA: b\r\n\r\n${next}`);
    expect(answer.match(/(POST|GET) \/.*/g)).toEqual([
      expect.stringMatching(/^POST \/ {2}abcHTTP/),
      'GET /next  ',
    ]);
  });

  it('of HTTP/1.0 is its connection’s last, unless it says otherwise', async () => {
    const listener = await start();
    expect(await answerTo(listener, 'GET /a HTTP/1.0\r\n\r\n')).toMatch(
      /\r\nconnection: close\r\n[^]*GET \/a {2}$/,
    );
    const kept = 'GET /a HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\nGET /b HTTP/1.0\r\n\r\n';
    expect(await answerTo(listener, kept)).toMatch(
      /\r\nconnection: keep-alive\r\n[^]*GET \/a[^]*\r\nconnection: close\r\n[^]*GET \/b/,
    );
  });

  it('of a client that says it is its last is answered', async () => {
    const socket = await open(await start());
    socket.end('GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n');
    expect((await untilClosed(socket)).match(/GET \/\d/g)).toEqual(['GET /1', 'GET /2']);
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
    agent.destroy();
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
