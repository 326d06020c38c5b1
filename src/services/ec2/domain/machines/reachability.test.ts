import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import type { Driver } from '../../../../compute/driver.ts';
import { MovableClock } from '../../../../kernel/clock.ts';
import type { Instance } from '../instances/instance.ts';
import { Reachability } from './reachability.ts';

const clock = new MovableClock(0);
const instance = { id: 'i-1', state: 'running', launchedAtMs: 0 } as Instance;
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A real driver with one machine, whose port 22 is served by `guest`. */
async function reachability(guest: (socket: Socket) => void): Promise<Reachability> {
  const server = createServer(guest);
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const ssh = { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
  const list = () => Promise.resolve([{ id: 'i-1', power: 'on', ssh }]);
  return new Reachability({ realization: 'real', list } as unknown as Driver, clock);
}

it('is reached once its SSH server greets, until it is started anew', async () => {
  let booted = false;
  const reach = await reachability((socket) => {
    if (booted) socket.write('SSH-2.0-dropbear\r\n');
    else socket.destroy();
  });
  expect(await reach.of([instance])).toEqual(new Set());
  booted = true;
  expect(await reach.of([instance])).toEqual(new Set(['i-1']));
  booted = false;
  expect(await reach.of([instance])).toEqual(new Set(['i-1']));
  expect(await reach.of([{ ...instance, launchedAtMs: 1 }])).toEqual(new Set());
  expect(await reach.of([{ ...instance, state: 'stopped' }])).toEqual(new Set());
});

it('takes a guest without SSH for reached after three minutes', async () => {
  const reach = await reachability((socket) => socket.destroy());
  expect(await reach.of([instance])).toEqual(new Set());
  clock.advance(180_000);
  expect(await reach.of([instance])).toEqual(new Set(['i-1']));
});
