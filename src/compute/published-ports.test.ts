import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { publishPorts } from './published-ports.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

function occupy(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    servers.push(server);
    server.listen(port, host, resolve);
  });
}

test.skipIf(process.platform !== 'linux')(
  'ports are published under their own numbers on the public address',
  async () => {
    const host = '127.64.16.9';
    expect((await publishPorts(host))[8080]).toEqual({ host, port: 8080 });
  },
);

test.skipIf(process.platform !== 'linux')('a port that is taken is left out', async () => {
  const host = '127.64.16.10';
  await occupy(host, 8080);
  const published = await publishPorts(host);
  expect(published[8080]).toBeUndefined();
  expect(published[8443]).toEqual({ host, port: 8443 });
  expect(published[22]?.host).toBe(host);
});

test('without a public address SSH alone is published, on a free port', async () => {
  const published = await publishPorts(undefined);
  expect(Object.keys(published)).toEqual(['22']);
  expect(published[22]?.host).toBe('127.0.0.1');
  expect(published[22]?.port).toBeGreaterThan(1023);
});

test('an address outside the loopback block is never bound', async () => {
  const published = await publishPorts('0.0.0.0').catch((error: Error) => error);
  expect(published).toBeInstanceOf(Error);
});
