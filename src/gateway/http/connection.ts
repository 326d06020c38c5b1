import type { Socket } from 'node:net';
import { answerBytes, type Manner } from './answer-bytes.ts';
import { Attention } from './attention.ts';
import {
  plainRefusal,
  type Handler,
  type Limits,
  type ListenOptions,
  type Refusal,
} from './listener.ts';
import { isStream, type HttpResponse, type HttpStream, type RequestHead } from './message.ts';
import { Outlet } from './outlet.ts';
import { RequestReader, type Incoming } from './request-reader.ts';
import { sendStream } from './send-stream.ts';

/** What a connection needs of its listener. */
export interface House {
  readonly options: ListenOptions;
  readonly limits: Limits;
  readonly handler: Handler;
  /** Whether no connection may be used for a further request. */
  readonly isClosing: boolean;
  /** Lines that end the head of each answer: the date, and whether the connection stays. */
  commonLines(stays: boolean): string;
}

/** Requests that wait behind one that is answered are read no further than this. */
const readAheadBytes = 64 * 1024;

/**
 * One client's connection. It takes one request after the other, each when the one before has been
 * answered, and ends by `leaving`: nothing more is said, and what still comes is thrown away for a
 * while, as closing at once would take the answer from a client that is still sending.
 */
export class Connection {
  readonly #house: House;
  readonly #socket: Socket;
  readonly #reader: RequestReader;
  readonly #outlet: Outlet;
  #phase: 'receiving' | 'answering' | 'leaving' = 'receiving';
  /** When the first byte of the request came; before that, and while leaving, since when it is so. */
  #sinceMs = performance.now();
  #lastByteMs = 0;
  #isContinued = false;
  /** The client has said all that it will. */
  #hasEnded = false;
  #attention: Attention | undefined;

  constructor(house: House, socket: Socket) {
    this.#house = house;
    this.#socket = socket;
    this.#reader = new RequestReader(house.limits);
    this.#outlet = new Outlet(socket, house.limits.stallTimeoutMs);
    socket
      .on('data', (bytes: Buffer) => this.#receive(bytes))
      .on('end', () => this.#end())
      .on('error', () => undefined) // `close` follows
      .on('close', () => this.#attention?.lose());
  }

  /** No request's head has come that was not answered. */
  get isIdle(): boolean {
    return this.#phase === 'receiving' && this.#reader.awaits !== 'body';
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** Ends what has lasted for too long. */
  checkTime(nowMs: number): void {
    const { limits } = this.#house;
    const elapsedMs = nowMs - this.#sinceMs;
    if (this.#phase === 'answering') return; // the handler's time is its own
    if (this.#phase === 'leaving') {
      if (elapsedMs > limits.lingerTimeoutMs) this.destroy();
      return;
    }
    const { awaits } = this.#reader;
    if (awaits === 'request') {
      if (elapsedMs > limits.keepAliveTimeoutMs) this.destroy();
    } else if (
      elapsedMs > limits.requestTimeoutMs ||
      (awaits === 'head' && elapsedMs > limits.headTimeoutMs)
    ) {
      this.#turnDown(late);
    } else if (awaits === 'body' && nowMs - this.#lastByteMs > limits.stallTimeoutMs) {
      this.#turnDown(stalled);
    }
  }

  #receive(bytes: Buffer): void {
    if (this.#phase === 'leaving') return;
    const isFirst = this.#reader.awaits === 'request';
    this.#reader.push(bytes);
    if (this.#phase === 'receiving') this.#advance(isFirst);
    else if (this.#reader.waitingBytes > readAheadBytes) this.#socket.pause();
  }

  /** Takes up the next request, if all of it has come. */
  #advance(isFirst: boolean): void {
    const next = this.#reader.next();
    if (!next) return this.#await(isFirst);
    if ('refusal' in next) return this.#turnDown(next.refusal, next.head);
    this.#phase = 'answering';
    this.#answer(next).catch((error: unknown) => {
      this.destroy();
      this.#house.options.report?.(error, next.request);
    });
  }

  #await(isFirst: boolean): void {
    this.#lastByteMs = performance.now();
    if (isFirst) this.#sinceMs = this.#lastByteMs;
    if (this.#hasEnded) return this.#hangUp();
    if (this.#isContinued || !this.#reader.expectsContinue) return;
    this.#isContinued = true;
    this.#socket.write('HTTP/1.1 100 Continue\r\n\r\n');
  }

  /** The client will send nothing more; what it has sent is answered all the same. */
  #end(): void {
    this.#hasEnded = true;
    this.#attention?.lose();
    if (this.#phase === 'receiving') this.#hangUp();
  }

  /** In the middle of a request there is nobody to be told anything. */
  #hangUp(): void {
    if (this.#reader.awaits === 'request') this.#leave();
    else this.destroy();
  }

  async #answer({ request, minor, keepAlive }: Incoming): Promise<void> {
    const attention = (this.#attention = new Attention());
    if (this.#hasEnded) attention.lose();
    const answer = await this.#handle(request, attention);
    if (this.#socket.destroyed) return;
    const headOnly = request.method === 'HEAD';
    const endless = isStream(answer) && minor === 0 && !headOnly;
    const stays = keepAlive && !endless && !this.#house.isClosing;
    const common = this.#house.commonLines(stays);
    if (isStream(answer)) {
      await sendStream(answer, this.#outlet, { common, headOnly, minor });
      this.#answered(stays);
    } else {
      const bytes = this.#bytesOf(answer, { common, headOnly }, request);
      this.#outlet.write(bytes, () => this.#answered(stays));
    }
  }

  async #handle(request: Incoming['request'], attention: Attention): Promise<Answer> {
    try {
      return await this.#house.handler(request, attention);
    } catch (error) {
      return this.#apology(error, request);
    }
  }

  #bytesOf(answer: HttpResponse, manner: Manner, head: RequestHead): readonly Uint8Array[] {
    try {
      return answerBytes(answer, manner);
    } catch (error) {
      return answerBytes(this.#apology(error, head), manner);
    }
  }

  #answered(stays: boolean): void {
    this.#attention = undefined;
    if (!stays || this.#house.isClosing) return this.#leave();
    this.#phase = 'receiving';
    this.#isContinued = false;
    this.#sinceMs = performance.now();
    if (this.#reader.waitingBytes === 0 && !this.#hasEnded) return;
    this.#socket.resume();
    this.#advance(true);
  }

  /** Answers what no handler gets to see, as its last words. */
  #turnDown(refusal: Refusal, head?: RequestHead): void {
    const manner = { common: this.#house.commonLines(false), headOnly: head?.method === 'HEAD' };
    this.#outlet.write(answerBytes(this.#wording(refusal, head), manner));
    this.#leave();
  }

  #leave(): void {
    this.#phase = 'leaving';
    this.#sinceMs = performance.now();
    this.#socket.resume().end();
  }

  /** What a handler has done wrong is told to whoever listens, and not to the client. */
  #apology(error: unknown, head: RequestHead): HttpResponse {
    this.#house.options.report?.(error, head);
    return this.#wording(broken, head);
  }

  #wording(refusal: Refusal, head: RequestHead | undefined): HttpResponse {
    try {
      return this.#house.options.refuse?.(refusal, head) ?? plainRefusal(refusal);
    } catch (error) {
      if (head) this.#house.options.report?.(error, head);
      return plainRefusal(broken);
    }
  }
}

type Answer = HttpResponse | HttpStream;

const broken: Refusal = { status: 500, reason: 'Something is broken in here.' };
const late: Refusal = { status: 408, reason: 'The request did not come in time.' };
const stalled: Refusal = { status: 408, reason: 'The rest of the request did not come in time.' };
