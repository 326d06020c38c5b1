import { spawn } from 'node:child_process';
import { Socket as UdpSocket } from 'node:dgram';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Server as TcpServer, type Socket } from 'node:net';
import { METADATA, RESOLVER } from './addresses.ts';
import type { Resolver } from './resolver.ts';
import type { VpcPlan } from './vpc-plan.ts';

/** Who answers machines at the link-local addresses of their VPC. */
export interface Services {
  readonly metadata: {
    handle(machine: string, request: IncomingMessage, response: ServerResponse): Promise<void>;
  };
  readonly resolver: Pick<Resolver, 'answer'>;
}

/**
 * Opens the sockets inside and hands them over. A socket stays in the network it was opened in, so
 * that one process serves every VPC.
 */
const OPENER = `
  const [metadata, resolver] = process.argv.slice(1);
  const fail = ({ message }) => { console.error(message); process.exit(1); };
  const hand = (name, handle) => new Promise((done) => process.send(name, handle, done));
  const tcp = (host, port) => new Promise((done) => {
    const server = require('node:net').createServer({ pauseOnConnect: true });
    server.once('error', fail).listen(port, host, () => done(server));
  });
  const udp = (host, port) => new Promise((done) => {
    const socket = require('node:dgram').createSocket('udp4');
    socket.once('error', fail).bind(port, host, () => done(socket));
  });
  (async () => {
    await hand('http', await tcp(metadata, 80));
    await hand('dns', await udp(resolver, 53));
    process.exit();
  })();
`;

/** The services of one VPC: they know who asks by the address, which the router lets nobody forge. */
export class RouterServices {
  readonly #tcp: TcpServer;
  readonly #http: Server;
  readonly #udp: UdpSocket;

  private constructor(
    { tcp, udp }: Sockets,
    { metadata, resolver }: Services,
    plan: () => VpcPlan,
  ) {
    this.#tcp = tcp;
    this.#http = createServer((request, response) => {
      const asker = machineAt(plan(), request.socket.remoteAddress);
      if (asker === undefined) return void response.writeHead(404).end();
      void metadata.handle(asker, request, response);
    });
    this.#http.requestTimeout = 10_000;
    tcp.on('connection', (socket: Socket) => this.#http.emit('connection', socket));
    this.#udp = udp;
    udp.on('error', () => undefined);
    udp.on('message', async (question, { address, port }) => {
      const answer = await resolver.answer(question, plan());
      if (answer) udp.send(answer, port, address, () => undefined);
    });
  }

  /** Listens in the network namespace of this name. */
  static async open(
    namespace: string,
    services: Services,
    plan: () => VpcPlan,
  ): Promise<RouterServices> {
    return new RouterServices(await openInside(namespace), services, plan);
  }

  close(): void {
    this.#tcp.close();
    this.#http.closeAllConnections();
    this.#udp.close();
  }
}

function machineAt({ interfaces }: VpcPlan, address: string | undefined): string | undefined {
  return interfaces.find(({ addresses }) => addresses.includes(address ?? ''))?.machine;
}

interface Sockets {
  readonly tcp: TcpServer;
  readonly udp: UdpSocket;
}

async function openInside(namespace: string): Promise<Sockets> {
  const inside = ['netns', 'exec', namespace, process.execPath, '-e', OPENER];
  const child = spawn('ip', [...inside, METADATA, RESOLVER], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` },
  });
  let complaint = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  let tcp: TcpServer | undefined;
  let udp: UdpSocket | undefined;
  child.on('message', (_name, handle) => {
    if (handle instanceof TcpServer) tcp = handle;
    if (handle instanceof UdpSocket) udp = handle;
  });
  await new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('close', () => resolve());
  });
  if (!tcp || !udp) {
    throw new Error(`The services of a VPC cannot listen: ${complaint.trim()}`);
  }
  return { tcp, udp };
}
