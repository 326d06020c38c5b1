import { connect, type Socket } from 'node:net';
import type { Prepared } from './sign.ts';

export interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

/** One keep-alive connection that sends a request at a time: as little client as can be. */
export class Connection {
  readonly #socket: Socket;
  #received: Buffer[] = [];
  #bytes = 0;
  /** Bytes until the answer is complete, once its head has come. */
  #awaited = Infinity;
  #chunked = false;
  #settle: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (data) => this.#receive(data));
    socket.on('error', (error) => this.#settle?.reject(error));
    socket.on('close', () => this.#settle?.reject(new Error('the server closed the connection')));
  }

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new Connection(socket));
      });
    });
  }

  send(request: Prepared): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#settle = undefined;
    this.#socket.destroy();
  }

  #receive(data: Buffer): void {
    this.#received.push(data);
    this.#bytes += data.length;
    if (this.#awaited === Infinity && !this.#chunked) this.#readHead();
    const complete = this.#chunked
      ? data.subarray(-5).toString('latin1') === '0\r\n\r\n'
      : this.#bytes >= this.#awaited;
    if (complete) this.#finish();
  }

  #readHead(): void {
    const all = this.#received.length === 1 ? this.#received[0]! : Buffer.concat(this.#received);
    const end = all.indexOf('\r\n\r\n');
    if (end === -1) return;
    const head = all.subarray(0, end).toString('latin1');
    const length = /\r\ncontent-length: *(\d+)/i.exec(head);
    if (length) this.#awaited = end + 4 + Number(length[1]);
    else this.#chunked = /\r\ntransfer-encoding: *chunked/i.test(head);
  }

  #finish(): void {
    const all = Buffer.concat(this.#received);
    const status = Number(all.toString('latin1', 9, 12));
    const body = all.subarray(all.indexOf('\r\n\r\n') + 4);
    const settle = this.#settle;
    this.#received = [];
    this.#bytes = 0;
    this.#awaited = Infinity;
    this.#chunked = false;
    this.#settle = undefined;
    settle?.resolve({ status, body });
  }
}
