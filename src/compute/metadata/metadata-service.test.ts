import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MovableClock } from '../../kernel/clock.ts';
import { MetadataService } from './metadata-service.ts';

const clock = new MovableClock(Date.UTC(2026, 0, 1));
const userData = Uint8Array.from([0x1f, 0x8b, 0, 0xff]);
const tree: Record<string, string | Uint8Array> = {
  '': 'dynamic\nmeta-data\nuser-data',
  'meta-data': 'instance-id\ntags/',
  'meta-data/instance-id': 'i-1',
  'meta-data/tags/instance/a b': 'c',
  'user-data': userData,
};
let tokens: 'required' | 'optional';
let enabled: boolean;
let service: MetadataService;
let servers: Server[];

beforeEach(() => {
  tokens = 'required';
  enabled = true;
  servers = [];
  service = new MetadataService(clock);
  service.source = {
    options: () => Promise.resolve({ enabled, tokens }),
    read: (_machine, path) => Promise.resolve(tree[path]),
  };
});
afterEach(() => {
  for (const server of servers) server.close();
});

/** A machine's own channel to the service, as its address. */
async function channel(machine = 'i-1'): Promise<string> {
  const server = createServer((request, response) => {
    void service.handle(machine, request, response);
  });
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function token(base: string, headers: Record<string, string> = {}, ttl = '60') {
  return await fetch(`${base}/latest/api/token`, {
    method: 'PUT',
    headers: { 'X-aws-ec2-metadata-token-ttl-seconds': ttl, ...headers },
  });
}

async function get(url: string, session?: string, method = 'GET') {
  return await fetch(url, {
    method,
    headers: session === undefined ? {} : { 'X-aws-ec2-metadata-token': session },
  });
}

test('the authority is handed to whoever asks, unless the service is off', async () => {
  const url = `${await channel()}/_alacarte/certificate-authority`;
  expect((await get(url)).status).toBe(401);
  service.authority = () => Promise.resolve('PEM');
  expect(await (await get(url)).text()).toBe('PEM');
  enabled = false;
  expect((await get(url)).status).toBe(403);
});

test('a session token opens the tree, at any version, with or without a slash at the end', async () => {
  const base = await channel();
  const issued = await token(base);
  expect(issued.headers.get('x-aws-ec2-metadata-token-ttl-seconds')).toBe('60');
  const session = await issued.text();
  const leaf = await get(`${base}/latest/meta-data/instance-id`, session);
  expect([leaf.status, await leaf.text()]).toEqual([200, 'i-1']);
  expect(leaf.headers.get('content-type')).toBe('text/plain');
  for (const path of ['latest/meta-data', '2021-07-15/meta-data/', 'latest//meta-data/']) {
    expect(await (await get(`${base}/${path}`, session)).text()).toBe('instance-id\ntags/');
  }
  expect(await (await get(`${base}/latest/`, session)).text()).toBe(tree['']);
  expect(await (await get(`${base}/`, session)).text()).toMatch(/^1\.0\n.*\nlatest$/s);
  expect(await (await get(`${base}/latest/meta-data/tags/instance/a%20b`, session)).text()).toBe(
    'c',
  );
});

test('user data comes as bytes', async () => {
  const base = await channel();
  const response = await get(`${base}/latest/user-data`, await (await token(base)).text());
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(userData);
  expect(response.headers.get('content-type')).toBe('application/octet-stream');
});

test('HEAD has the length and no body', async () => {
  const base = await channel();
  const session = await (await token(base)).text();
  const response = await get(`${base}/latest/meta-data/instance-id`, session, 'HEAD');
  expect([response.status, response.headers.get('content-length')]).toEqual([200, '3']);
  expect(await response.text()).toBe('');
});

test('without a token only version 1 is served, and only where tokens are optional', async () => {
  const base = await channel();
  expect((await get(`${base}/latest/meta-data/instance-id`)).status).toBe(401);
  tokens = 'optional';
  expect((await get(`${base}/latest/meta-data/instance-id`)).status).toBe(200);
  expect((await get(`${base}/latest/meta-data/instance-id`, 'wrong')).status).toBe(401);
});

test('a token ends by the clock of the cloud and works on its own machine only', async () => {
  const base = await channel();
  const session = await (await token(base)).text();
  const url = `${base}/latest/meta-data/instance-id`;
  clock.advance(59_000);
  expect((await get(url, session)).status).toBe(200);
  clock.advance(1_000);
  expect((await get(url, session)).status).toBe(401);

  const fresh = await (await token(base)).text();
  const other = await channel('i-2');
  expect((await get(`${other}/latest/meta-data/instance-id`, fresh)).status).toBe(401);
  expect((await get(url, fresh)).status).toBe(200);
});

test('a token lives from 1 to 21600 seconds and is not given through a proxy', async () => {
  const base = await channel();
  for (const ttl of ['0', '21601', '-1', 'x', '', '1e3', '999999999']) {
    expect((await token(base, {}, ttl)).status).toBe(400);
  }
  for (const ttl of ['1', '21600']) expect((await token(base, {}, ttl)).status).toBe(200);
  expect((await token(base, { 'X-Forwarded-For': '10.0.0.1' })).status).toBe(403);
});

test('what is not there, not allowed or not known is answered as a page', async () => {
  const base = await channel();
  const session = await (await token(base)).text();
  const missing = await get(`${base}/latest/meta-data/nothing`, session);
  expect([missing.status, missing.headers.get('content-type')]).toEqual([404, 'text/html']);
  expect(await missing.text()).toContain('<title>404 - Not Found</title>');
  expect((await get(`${base}/1999-01-01/meta-data/`, session)).status).toBe(404);
  expect((await get(`${base}/latest/meta-data/`, session, 'POST')).status).toBe(405);
  enabled = false;
  expect((await get(`${base}/latest/meta-data/instance-id`, session)).status).toBe(403);
  expect((await token(base)).status).toBe(403);
});

test('before EC2 has said what to serve, clients are told to try again', async () => {
  service.source = undefined;
  expect((await token(await channel())).status).toBe(503);
});
