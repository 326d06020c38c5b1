import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { Connection, type House } from './connection.ts';
import { defaultLimits, type Handler, type Limits } from './listener.ts';
import type { Listen, Listener, ListenOptions } from './listener.ts';

/**
 * The listener on TCP itself: HTTP/1.1 without what node:http does for everybody else costs a
 * third. Rejects where the port cannot be had (`EADDRINUSE`, `EACCES`).
 */
export const listen: Listen = async (options, handler) => {
  const secure = options.tls && (await securing(options.tls));
  const listener = new SocketListener(options, handler, secure);
  await listener.open();
  return listener;
};

type Secure = (socket: Socket) => Socket;

/** TLS is a third of what the rest of a listener costs to load. */
async function securing(tls: NonNullable<ListenOptions['tls']>): Promise<Secure> {
  const { createSecureContext, TLSSocket } = await import('node:tls');
  if (typeof tls !== 'function') {
    const secureContext = createSecureContext(tls);
    return (socket) => new TLSSocket(socket, { isServer: true, secureContext });
  }
  const SNICallback: TlsOptions['SNICallback'] = (serverName, done) => {
    const identity = tls(serverName);
    if (identity) done(null, createSecureContext(identity));
    else done(new Error(`There is no certificate for ${serverName}.`));
  };
  return (socket) => new TLSSocket(socket, { isServer: true, SNICallback });
}

class SocketListener implements Listener, House {
  readonly options: ListenOptions;
  readonly handler: Handler;
  readonly limits: Limits;
  readonly server: Server;
  readonly #connections = new Set<Connection>();
  /** One for all connections: a timer for each request would cost more than the request's bytes. */
  #sweep: NodeJS.Timeout | undefined;
  #closed: Promise<void> | undefined;
  #second = 0;
  #lines: { readonly stays: string; readonly leaves: string } | undefined;

  constructor(options: ListenOptions, handler: Handler, secure: Secure | undefined) {
    this.options = options;
    this.handler = handler;
    this.limits = { ...defaultLimits, ...options.limits };
    this.server = (options.server ?? createServer()).on('connection', (socket: Socket) => {
      socket.setNoDelay();
      // A client that has said all it wants to say still gets its answer.
      socket.allowHalfOpen = true;
      this.#welcome(secure ? secure(socket) : socket);
    });
  }

  async open(): Promise<void> {
    const { server, host = '127.0.0.1', port = 0 } = this.options;
    if (!server) await once(this.server.listen(port, host), 'listening');
    this.server.on('error', () => undefined); // one connection could not be had; the next may
    this.#sweep = setInterval(() => this.#checkTimes(), sweepMs(this.limits)).unref();
  }

  get address(): { host: string; port: number } {
    const { address, port } = this.server.address() as AddressInfo;
    return { host: address, port };
  }

  get isClosing(): boolean {
    return this.#closed !== undefined;
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#drain());
  }

  commonLines(stays: boolean): string {
    const second = Math.floor(Date.now() / 1000);
    if (second !== this.#second || !this.#lines) {
      this.#second = second;
      const date = `date: ${new Date(second * 1000).toUTCString()}\r\n`;
      const idleSeconds = Math.floor(this.limits.keepAliveTimeoutMs / 1000);
      this.#lines = {
        stays: `${date}connection: keep-alive\r\nkeep-alive: timeout=${idleSeconds}\r\n`,
        leaves: `${date}connection: close\r\n`,
      };
    }
    return stays ? this.#lines.stays : this.#lines.leaves;
  }

  #welcome(socket: Socket): void {
    const connection = new Connection(this, socket);
    this.#connections.add(connection);
    socket.once('close', () => this.#connections.delete(connection));
  }

  async #drain(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const connection of this.#connections) if (connection.isIdle) connection.destroy();
    const late = setTimeout(() => {
      for (const connection of this.#connections) connection.destroy();
    }, this.limits.drainTimeoutMs);
    await closed;
    clearTimeout(late);
    clearInterval(this.#sweep);
  }

  #checkTimes(): void {
    const nowMs = performance.now();
    for (const connection of this.#connections) connection.checkTime(nowMs);
  }
}

/** How often the times are looked at: the shortest of them is exceeded by a quarter at most. */
function sweepMs(limits: Limits): number {
  const { headTimeoutMs, requestTimeoutMs, stallTimeoutMs } = limits;
  const { keepAliveTimeoutMs, lingerTimeoutMs } = limits;
  const shortestMs = Math.min(
    ...[headTimeoutMs, requestTimeoutMs, stallTimeoutMs, keepAliveTimeoutMs, lingerTimeoutMs],
  );
  return Math.min(1000, Math.max(10, shortestMs / 4));
}
