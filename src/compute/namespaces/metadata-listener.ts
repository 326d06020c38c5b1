import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { Server as TcpServer, type Socket } from 'node:net';
import type { MachineId } from '../driver.ts';
import type { MetadataService } from '../metadata/metadata-service.ts';

/** Opens the socket inside and hands it over. A socket stays in the network it was opened in. */
const OPENER = `
  const server = require('node:net').createServer({ pauseOnConnect: true });
  server.once('error', ({ message }) => { console.error(message); process.exit(1); });
  server.listen(80, '169.254.169.254', () => {
    process.send('listening', server, () => process.exit());
  });
`;

/** The metadata service as one machine has it: on its own link-local address, in this process. */
export class MetadataListener {
  readonly #tcp: TcpServer;
  readonly #http: Server;

  private constructor(tcp: TcpServer, http: Server) {
    this.#tcp = tcp;
    this.#http = http;
  }

  /** Listens in the network namespace of the process `pid`. */
  static async open(
    id: MachineId,
    pid: number,
    metadata: Pick<MetadataService, 'handle'>,
  ): Promise<MetadataListener> {
    const http = createServer((request, response) => void metadata.handle(id, request, response));
    http.requestTimeout = 10_000;
    const tcp = await openInside(pid);
    tcp.on('connection', (socket: Socket) => http.emit('connection', socket));
    return new MetadataListener(tcp, http);
  }

  close(): void {
    this.#tcp.close();
    this.#http.closeAllConnections();
  }
}

async function openInside(pid: number): Promise<TcpServer> {
  const command = ['--target', String(pid), '--net', process.execPath, '-e', OPENER];
  const child = spawn('nsenter', command, {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { PATH: process.env['PATH'] ?? '' },
  });
  let complaint = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const handed = new Promise<TcpServer>((resolve) => {
    child.on('message', (_message, handle) => {
      if (handle instanceof TcpServer) resolve(handle);
    });
  });
  const server = await Promise.race([handed, once(child, 'close').then(() => undefined)]);
  if (!server) throw new Error(`The metadata service cannot listen: ${complaint.trim()}`);
  return server;
}
