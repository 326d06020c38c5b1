import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';

interface QmpMessage {
  readonly QMP?: unknown;
  readonly return?: unknown;
  readonly error?: { readonly class: string; readonly desc: string };
  readonly event?: string;
  readonly data?: unknown;
}

/**
 * A conversation with a running QEMU: JSON lines over a Unix socket, one client at a time. Commands
 * are answered in order.
 *
 * @see https://www.qemu.org/docs/master/interop/qmp-spec.html
 */
export class Qmp {
  /** Resolves when QEMU has hung up, which it does as it exits. */
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  readonly #waiting: ((message: QmpMessage) => void)[] = [];
  #unread = '';

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => this.#read(text));
    socket.on('error', () => undefined);
    socket.once('close', () => this.#hangUp());
  }

  /** Connects and leaves the negotiation mode; fails when nobody listens or answers in time. */
  static async connect(path: string, timeoutMs: number): Promise<Qmp> {
    const socket = createConnection(path);
    await once(socket, 'connect');
    const qmp = new Qmp(socket);
    const timer = setTimeout(() => socket.destroy(), timeoutMs);
    try {
      await qmp.#next();
      await qmp.execute('qmp_capabilities');
      return qmp;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Gives a command's return value; fails with QEMU's own description. */
  async execute(command: string, args?: Readonly<Record<string, unknown>>): Promise<unknown> {
    const answer = this.#next();
    this.#socket.write(`${JSON.stringify({ execute: command, arguments: args })}\n`);
    const { error, return: value } = await answer;
    if (error) throw new Error(`QEMU refused ${command}: ${error.desc}`);
    return value;
  }

  /** Lets go of QEMU, which carries on. */
  close(): void {
    this.#socket.destroy();
  }

  #next(): Promise<QmpMessage> {
    if (this.#socket.destroyed) return Promise.resolve(GONE);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #read(text: string): void {
    const lines = `${this.#unread}${text}`.split('\n');
    this.#unread = lines.pop() ?? '';
    for (const line of lines) {
      const message = JSON.parse(line) as QmpMessage;
      if (message.event === undefined) this.#waiting.shift()?.(message);
    }
  }

  #hangUp(): void {
    for (const resolve of this.#waiting.splice(0)) resolve(GONE);
  }
}

const GONE: QmpMessage = { error: { class: 'Gone', desc: 'it is no longer there' } };
