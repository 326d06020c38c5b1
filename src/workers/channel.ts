import type { SendHandle } from 'node:child_process';
import type { Server } from 'node:net';

/** One end of the pipe between a process and its child: `process` itself, or a `ChildProcess`. */
export interface Pipe {
  send?(message: object, handle?: SendHandle, callback?: (error: Error | null) => void): void;
  on(event: 'message', listener: (message: unknown, handle: unknown) => void): unknown;
  once(event: 'disconnect', listener: () => void): unknown;
}

type Handler<Payload> = (payload: Payload, socket: Server | undefined) => unknown;

type Message =
  | { readonly call: string; readonly id: number; readonly payload: unknown }
  | { readonly answer: number; readonly result?: unknown; readonly problem?: string };

/**
 * Calls between two processes, each answered once its handler is done.
 *
 * @typeParam Received the payloads of the other side's calls by their names; `Sent` of this side's
 */
export class Channel<Received extends object, Sent extends object> {
  readonly #pipe: Pipe;
  readonly #handlers = new Map<keyof Received, Handler<never>>();
  readonly #waiting = new Map<number, PromiseWithResolvers>();
  #calls = 0;
  #closed = false;

  constructor(pipe: Pipe) {
    this.#pipe = pipe;
    pipe.on('message', (message, handle) => {
      void this.#take(message as Message, handle as Server | undefined);
    });
    pipe.once('disconnect', () => this.#hangUp());
  }

  /** Answers the other side's calls of this name. */
  handle<Name extends keyof Received>(name: Name, handler: Handler<Received[Name]>): void {
    this.#handlers.set(name, handler);
  }

  /**
   * Resolves with what the other side's handler answers.
   *
   * @param socket a listening one, which both processes then take connections from
   * @throws Error with the handler's message, or where the other side is gone
   */
  call<Name extends keyof Sent & string>(
    name: Name,
    payload: Sent[Name],
    socket?: Server,
  ): Promise<unknown> {
    if (this.#closed) return Promise.reject(gone());
    const id = ++this.#calls;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send({ call: name, id, payload }, socket);
    });
  }

  async #take(message: Message, socket: Server | undefined): Promise<void> {
    if ('call' in message) {
      const { call, id, payload } = message;
      try {
        const result: unknown = await this.#handlers.get(call as keyof Received)!(
          payload as never,
          socket,
        );
        this.#send({ answer: id, result });
      } catch (error) {
        this.#send({ answer: id, problem: error instanceof Error ? error.message : String(error) });
      }
      return;
    }
    const waiting = this.#waiting.get(message.answer);
    this.#waiting.delete(message.answer);
    if (message.problem === undefined) waiting?.resolve(message.result);
    else waiting?.reject(new Error(message.problem));
  }

  #send(message: Message, socket?: Server): void {
    if (this.#closed) return;
    this.#pipe.send!(message, socket, (error) => {
      if (error) this.#hangUp();
    });
  }

  #hangUp(): void {
    this.#closed = true;
    for (const { reject } of this.#waiting.values()) reject(gone());
    this.#waiting.clear();
  }
}

interface PromiseWithResolvers {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

function gone(): Error {
  return new Error('the other process is gone');
}
