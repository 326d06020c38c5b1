import { once } from 'node:events';
import * as http from 'node:http';
import type * as Https from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { closingAnswer, exchange, refused, type Expectation, type House } from './exchange.ts';
import {
  defaultLimits,
  type Handler,
  type Limits,
  type Listen,
  type Listener,
  type ListenOptions,
  type Refusal,
} from './listener.ts';

/** The listener on node:http. Rejects where the port cannot be had (`EADDRINUSE`, `EACCES`). */
export const listen: Listen = async (options, handler) => {
  // TLS is a third of what the rest of a listener costs to load.
  const https = options.tls && (await import('node:https'));
  const listener = new NodeListener(options, handler, https);
  await listener.open();
  return listener;
};

/** What we know of a connection beside what node does. */
interface Connection {
  /** Settles when the last request so far has been answered; absent when none is under way. */
  tail?: Promise<void>;
  last?: http.ServerResponse;
  /** Bytes of a body are waited for. */
  reading: boolean;
  /** Its bytes made no sense: nothing more can be read from it. */
  broken: boolean;
}

class NodeListener implements Listener, House {
  readonly options: ListenOptions;
  readonly limits: Limits;
  readonly handler: Handler;
  readonly #server: http.Server;
  readonly #connections = new WeakMap<Socket, Connection>();
  readonly #sockets = new Set<Socket>();
  #closing = false;
  #underWay = 0;
  #drained: (() => void) | undefined;

  constructor(options: ListenOptions, handler: Handler, https: typeof Https | undefined) {
    this.options = options;
    this.handler = handler;
    this.limits = { ...defaultLimits, ...options.limits };
    this.#server = createServer(this.options, this.limits, https);
    this.#server.maxHeadersCount = 0; // node drops those beyond in silence; their bytes are limited
    this.#server
      .on('connection', (socket: Socket) => this.#keep(socket))
      .on('request', (message, response) => this.#enqueue(message, response, 'none'))
      .on('checkContinue', (message, response) => this.#enqueue(message, response, 'continue'))
      .on('checkExpectation', (message, response) => this.#enqueue(message, response, 'unknown'))
      .on('connect', (_message, socket) => this.#refuse(socket as Socket, noTunnels))
      .on('clientError', (error, socket) => this.#onClientError(error, socket as Socket));
  }

  async open(): Promise<void> {
    const { server, port = 0, host = '127.0.0.1' } = this.options;
    if (server) {
      server.on('connection', (socket) => this.#server.emit('connection', socket));
      return;
    }
    this.#server.listen(port, host);
    await once(this.#server, 'listening');
  }

  get address(): { host: string; port: number } {
    const { address, port } = this.server.address() as AddressInfo;
    return { host: address, port };
  }

  get server(): Server {
    return this.options.server ?? this.#server;
  }

  closing(): boolean {
    return this.#closing;
  }

  reading(socket: Socket, now: boolean): void {
    this.#connectionOf(socket).reading = now;
  }

  async close(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    const closed = once(this.server, 'close');
    this.server.close(); // and closes connections that idle, but none that was never used
    for (const socket of this.#sockets) if (socket.bytesRead === 0) socket.destroy();
    if (this.#underWay > 0) await this.#drain();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
  }

  #drain(): Promise<void> {
    return new Promise((resolve) => {
      const late = setTimeout(resolve, this.limits.drainTimeoutMs);
      this.#drained = () => {
        clearTimeout(late);
        resolve();
      };
    });
  }

  /** Requests of one connection are handled in turn, as a client that sends them so expects. */
  #enqueue(
    message: http.IncomingMessage,
    response: http.ServerResponse,
    expectation: Expectation,
  ): void {
    this.#underWay++;
    response.once('close', () => {
      if (--this.#underWay === 0) this.#drained?.();
    });
    const connection = this.#connectionOf(message.socket);
    const run = (): Promise<void> => exchange(this, message, response, expectation);
    const turn: Promise<void> = (connection.tail ? connection.tail.then(run) : run())
      .catch((error: unknown) => this.#giveUp(error, message))
      .finally(() => {
        if (connection.tail === turn) delete connection.tail;
      });
    connection.tail = turn;
    connection.last = response;
  }

  #giveUp(error: unknown, message: http.IncomingMessage): void {
    message.socket.destroy();
    const { method = '', url = '' } = message;
    this.options.report?.(error, { method, path: url, query: '', headers: {} });
  }

  #onClientError(error: NodeJS.ErrnoException, socket: Socket): void {
    const connection = this.#connectionOf(socket);
    if (connection.broken) return;
    connection.broken = true;
    const refusal = refusalFor(error);
    const silent = socket.bytesRead === 0 || !socket.writable;
    if (silent || !refusal) return void socket.destroy();
    void this.#refuseInTurn(socket, connection, refusal);
  }

  /** While a body is read the bad bytes are its own; else they stand behind unanswered requests. */
  async #refuseInTurn(socket: Socket, connection: Connection, refusal: Refusal): Promise<void> {
    if (!connection.reading && connection.tail) {
      await connection.tail;
      const { last } = connection;
      if (last && !last.closed) await once(last, 'close');
    }
    this.#refuse(socket, refusal);
  }

  #refuse(socket: Socket, refusal: Refusal): void {
    if (!socket.writable) return void socket.destroy();
    socket.end(closingAnswer(refused(this.options, refusal)), () => socket.destroySoon());
  }

  #connectionOf(socket: Socket): Connection {
    let connection = this.#connections.get(socket);
    if (!connection) {
      connection = { reading: false, broken: false };
      this.#connections.set(socket, connection);
    }
    return connection;
  }
}

const noTunnels: Refusal = { status: 405, reason: 'This is not a proxy.' };

function createServer(
  { tls }: ListenOptions,
  limits: Limits,
  https: typeof Https | undefined,
): http.Server {
  const shortestMs = Math.min(limits.headTimeoutMs, limits.requestTimeoutMs);
  const options: http.ServerOptions = {
    maxHeaderSize: limits.headBytes,
    headersTimeout: limits.headTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    connectionsCheckingInterval: Math.max(10, Math.min(1000, shortestMs / 4)),
    requireHostHeader: false, // ours answers with a body
    noDelay: true,
  };
  return tls && https ? https.createServer({ ...options, ...tls }) : http.createServer(options);
}

/** What to say to bytes that are no request; nothing where the connection itself failed. */
function refusalFor({ code = '', message }: NodeJS.ErrnoException): Refusal | undefined {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return { status: 431, reason: 'The request line and headers are too large.' };
  }
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') {
    return { status: 413, reason: 'The chunk extensions are too large.' };
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return { status: 408, reason: 'The request did not come in time.' };
  }
  if (code === 'HPE_INVALID_EOF_STATE') return undefined; // it hung up in the middle
  if (!code.startsWith('HPE_')) return undefined;
  return { status: 400, reason: message.replace('Parse Error: ', 'Bad request: ') };
}
