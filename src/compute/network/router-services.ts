import { spawn } from 'node:child_process';
import { Socket as UdpSocket, type RemoteInfo } from 'node:dgram';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Server as TcpServer, Socket } from 'node:net';
import { dyingWithParent } from '../die-with-parent.ts';
import { METADATA, RESOLVER } from './addresses.ts';
import { dhcpAnswer, type Lease } from './dhcp.ts';
import type { Resolver } from './resolver.ts';
import type { VpcPlan } from './vpc-plan.ts';

/** Who answers machines at the link-local addresses of their VPC. */
export interface Services {
  readonly metadata: {
    handle(machine: string, request: IncomingMessage, response: ServerResponse): Promise<void>;
  };
  readonly resolver: Answerer;
}

type Answerer = Pick<Resolver, 'answer'>;

/** Whom a router serves, at this moment. */
export interface Served {
  plan(): VpcPlan;
  /** Of the machine that has this address. */
  lease(address: string): Lease | undefined;
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
    // Whoever calls before the server has been handed over is handed over, too.
    server.on('connection', (connection) => hand('connection', connection));
    server.once('error', fail).listen(port, host, () => done(server));
  });
  const udp = (host, port) => new Promise((done) => {
    const socket = require('node:dgram').createSocket('udp4');
    socket.once('error', fail).bind(port, host, () => done(socket));
  });
  (async () => {
    await hand('dns', await udp(resolver, 53));
    await hand('dhcp', await udp('0.0.0.0', 67));
    const server = await tcp(metadata, 80);
    await hand('http', server);
    server.close();
    // Messages go in order: when this one has gone, all have.
    await hand('done');
    process.exit();
  })();
`;

/** The services of one VPC: they know who asks by the address, which the router lets nobody forge. */
export class RouterServices {
  readonly #tcp: TcpServer;
  readonly #http: Server;
  readonly #udp: readonly UdpSocket[];

  private constructor(
    { tcp, dns, dhcp }: Sockets,
    http: Server,
    resolver: Answerer,
    served: Served,
  ) {
    this.#tcp = tcp;
    this.#http = http;
    this.#udp = [dns, dhcp];
    answerEach(dns, (question) => resolver.answer(question, served.plan()));
    answerEach(dhcp, (question, asker) => {
      // The router has put the address there that the asker is to have.
      const lease = served.lease(asker);
      return Promise.resolve(lease && dhcpAnswer(question, lease));
    });
  }

  /** Listens in the network namespace of this name. */
  static async open(
    namespace: string,
    { metadata, resolver }: Services,
    served: Served,
  ): Promise<RouterServices> {
    const http = createServer((request, response) => {
      const asker = machineAt(served.plan(), request.socket.remoteAddress);
      if (asker === undefined) return void response.writeHead(404).end();
      void metadata.handle(asker, request, response);
    });
    const sockets = await openInside(namespace, (caller) => http.emit('connection', caller));
    return new RouterServices(sockets, http, resolver, served);
  }

  close(): void {
    this.#tcp.close();
    this.#http.closeAllConnections();
    for (const socket of this.#udp) socket.close();
  }
}

function machineAt({ interfaces }: VpcPlan, address: string | undefined): string | undefined {
  return interfaces.find(({ addresses }) => addresses.includes(address ?? ''))?.machine;
}

function answerEach(
  socket: UdpSocket,
  answerTo: (question: Buffer, address: string) => Promise<Buffer | undefined>,
): void {
  socket.on('error', () => undefined);
  const answer = async (question: Buffer, { address, port }: RemoteInfo): Promise<void> => {
    const said = await answerTo(question, address);
    if (said) socket.send(said, port, address, () => undefined);
  };
  socket.on('message', (question, asker) => void answer(question, asker));
}

interface Sockets {
  readonly tcp: TcpServer;
  readonly dns: UdpSocket;
  readonly dhcp: UdpSocket;
}

/** @param connected told of every caller at once: whoever is not listened to is never answered */
async function openInside(
  namespace: string,
  connected: (caller: Socket) => void,
): Promise<Sockets> {
  const inside = ['netns', 'exec', namespace, process.execPath, '-e', OPENER];
  // A server that ends before it has the sockets must leave them free for the next.
  const [command, args] = dyingWithParent('ip', [...inside, METADATA, RESOLVER]);
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` },
  });
  let complaint = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  let tcp: TcpServer | undefined;
  let dns: UdpSocket | undefined;
  let dhcp: UdpSocket | undefined;
  child.on('message', (name, handle) => {
    if (handle instanceof TcpServer) tcp = handle.on('connection', connected);
    if (handle instanceof Socket) connected(handle);
    if (handle instanceof UdpSocket && name === 'dns') dns = handle;
    if (handle instanceof UdpSocket && name === 'dhcp') dhcp = handle;
  });
  await new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('close', () => resolve());
  });
  if (!tcp || !dns || !dhcp) {
    throw new Error(`The services of a VPC cannot listen: ${complaint.trim()}`);
  }
  return { tcp, dns, dhcp };
}
