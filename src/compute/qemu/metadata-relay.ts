import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { MachineId } from '../driver.ts';
import type { MetadataHandler } from './first-request.ts';
import type { MachineFiles } from './machine-files.ts';

/**
 * What QEMU runs, in the machine's folder, for each connection of its guest to the metadata
 * service: standard input and output are the guest's. A socket for each machine says who asks.
 */
export const METADATA_SOCKET_RELAY = `'${process.execPath}' -e '${[
  'const socket = require("net").connect("metadata.sock");',
  'socket.on("error", () => process.exit(1));',
  'process.stdin.pipe(socket).pipe(process.stdout);',
].join(' ')}'`;

/** Answers the metadata service on one machine's socket for as long as the machine is on. */
export async function listenForMetadata(
  id: MachineId,
  files: MachineFiles,
  metadata: MetadataHandler,
): Promise<Server> {
  const server = createServer((request, response) => void metadata.handle(id, request, response));
  server.requestTimeout = 10_000;
  const path = files.socket('metadata.sock');
  await rm(path, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  return server;
}
