import type { Socket } from 'node:net';

/** The way out of a connection, which is closed when the client takes nothing for too long. */
export class Outlet {
  readonly #socket: Socket;
  readonly #stallTimeoutMs: number;

  constructor(socket: Socket, stallTimeoutMs: number) {
    this.#socket = socket;
    this.#stallTimeoutMs = stallTimeoutMs;
    socket.on('timeout', () => socket.destroy());
  }

  /** Sends pieces as one. @param taken called when the system has taken them, and never where it could not */
  write(pieces: readonly Uint8Array[], taken?: () => void): void {
    const socket = this.#socket;
    const last = pieces.length - 1;
    if (last > 0) socket.cork();
    for (let at = 0; at < last; at++) socket.write(pieces[at]!);
    socket.write(pieces[last]!, (error) => {
      // What was on its way when the connection was torn down counts as written in node.
      if (error || socket.destroyed) return;
      if (socket.timeout) socket.setTimeout(0);
      taken?.();
    });
    if (last > 0) socket.uncork();
    // Most are taken at once, and need no timer.
    if (socket.writableLength > 0) socket.setTimeout(this.#stallTimeoutMs);
  }

  /** Resolves when pieces have been taken: to false where the client is gone. */
  taken(pieces: readonly Uint8Array[]): Promise<boolean> {
    const socket = this.#socket;
    if (socket.destroyed) return Promise.resolve(false);
    return new Promise((resolve) => {
      const gone = (): void => resolve(false);
      socket.once('close', gone);
      this.write(pieces, () => {
        socket.off('close', gone);
        resolve(true);
      });
    });
  }
}
