import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { endpointOf, findEngine, type EngineInfo } from './find-engine.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alacarte-engine-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const usual: EngineInfo = {
  OSType: 'linux',
  Architecture: 'x86_64',
  OperatingSystem: 'debian',
  ServerVersion: '27.0.1',
  NCPU: 4,
  MemTotal: 2 ** 33,
  MemoryLimit: true,
  CpuCfsQuota: true,
};

/** What is found where an engine tells this of itself. */
async function found(change: Partial<EngineInfo>) {
  const socket = join(folder, 'engine.sock');
  const server = createServer((_request, response) => {
    response.end(JSON.stringify({ ...usual, ...change }));
  });
  await new Promise<void>((listening) => server.listen(socket, listening));
  try {
    return await findEngine({ DOCKER_HOST: `unix://${socket}` });
  } finally {
    server.close();
  }
}

test('DOCKER_HOST names a socket or a port of this host', () => {
  expect(endpointOf('unix:///run/user/1000/docker.sock')).toEqual({
    socketPath: '/run/user/1000/docker.sock',
  });
  expect(endpointOf('tcp://localhost')).toEqual({ host: 'localhost', port: 2375 });
  expect(endpointOf('tcp://127.0.0.1:2376')).toEqual({ host: '127.0.0.1', port: 2376 });
  expect(endpointOf('tcp://[::1]:2375')).toEqual({ host: '::1', port: 2375 });
});

test('an engine elsewhere is refused, as its ports are published there', () => {
  expect(endpointOf('tcp://10.0.0.7:2375')).toMatch(/another host/);
  expect(endpointOf('ssh://me@build')).toMatch(/only unix:\/\/ and tcp:\/\//);
});

test('an engine that can do what instances need is taken', async () => {
  expect(await found({})).toMatchObject({ info: usual });
});

test('one that cannot is refused with the reason', async () => {
  expect(await found({ OSType: 'windows' })).toEqual({
    obstacle: 'The container engine runs windows containers, not Linux.',
  });
  expect(await found({ Architecture: 'aarch64' })).toMatchObject({
    obstacle: expect.stringContaining('aarch64') as string,
  });
  expect(await found({ MemoryLimit: false })).toMatchObject({
    obstacle: expect.stringContaining('cannot limit memory') as string,
  });
});

test('where nothing listens that is said, and another socket is not tried', async () => {
  const nowhere = `unix://${join(folder, 'nothing.sock')}`;
  expect(await findEngine({ DOCKER_HOST: nowhere })).toEqual({
    obstacle: `The container engine at DOCKER_HOST (${nowhere}) does not answer: ENOENT.`,
  });
});
