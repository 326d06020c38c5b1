import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import type { HostPort } from './driver.ts';

/** Ports of a machine that are published: user-mode networking wants each of them named. */
const PUBLISHED = [22, 80, 443, 3000, 5000, 8000, 8080, 8443];

/**
 * Where the machine's ports are published on the host: under their own numbers on the machine's
 * public address as far as this process may bind them there. SSH gets a free high port where it may
 * not bind port 22; the others are left out.
 */
export async function publishPorts(
  publicAddress: string | undefined,
): Promise<Record<number, HostPort>> {
  assert(publicAddress?.startsWith('127.') ?? true, 'machines are published on loopback only');
  const host = (await usable(publicAddress)) ?? '127.0.0.1';
  const published: Record<number, HostPort> = {};
  if (host === publicAddress) {
    for (const port of PUBLISHED) {
      if ((await bind(host, port)) !== undefined) published[port] = { host, port };
    }
  }
  const sshPort = published[22]?.port ?? (await bind(host, 0));
  if (sshPort === undefined) throw new Error(`No free port on ${host} for the machine's SSH.`);
  published[22] = { host, port: sshPort };
  return published;
}

/** Systems other than Linux answer on 127.0.0.1 only. */
async function usable(address: string | undefined): Promise<string | undefined> {
  if (address === undefined || (await bind(address, 0)) === undefined) return undefined;
  return address;
}

/** The port that could be bound, and is free again; undefined if it could not. */
function bind(host: string, port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ host, port, exclusive: true }, () => {
      const { port: bound } = server.address() as AddressInfo;
      server.close(() => resolve(bound));
    });
  });
}
