import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import {
  plainRefusal,
  type Handler,
  type Limits,
  type ListenOptions,
  type Refusal,
  type RequestContext,
} from './listener.ts';
import { isStream, type HttpResponse, type HttpStream, type RequestHead } from './message.ts';
import { hasBody, readBody, type BodyOutcome } from './request-body.ts';
import { headOf, refusalOf } from './request-head.ts';
import { sendStream } from './send-stream.ts';

export type Expectation = 'none' | 'continue' | 'unknown';

/** What an exchange needs of its listener. */
export interface House {
  readonly options: ListenOptions;
  readonly limits: Limits;
  readonly handler: Handler;
  /** Whether the connection must not be used for a further request. */
  closing(): boolean;
  /** Told around the time in which bytes of the body are waited for. */
  reading(socket: Socket, now: boolean): void;
}

const noBody = new Uint8Array(0);

/** One request and its answer: resolves once node has the whole answer, or the client is gone. */
export async function exchange(
  house: House,
  message: IncomingMessage,
  response: ServerResponse,
  expectation: Expectation,
): Promise<void> {
  const head = headOf(message);
  const maxBytes = house.limits.bodyBytes(head);
  const refusal =
    refusalOf(head, message) ?? expectationRefusal(expectation) ?? sizeRefusal(head, maxBytes);
  if (refusal) return refuseEarly(house, message, response, head, refusal, expectation);

  let body: BodyOutcome = noBody;
  if (hasBody(head)) {
    if (expectation === 'continue') response.writeContinue();
    house.reading(message.socket, true);
    body = await readBody(message, maxBytes, house.limits.stallTimeoutMs);
    house.reading(message.socket, false);
  }
  if (body === 'gone') return;
  if (typeof body === 'string') {
    const reason = body === 'stalled' ? stalled : tooLarge(maxBytes);
    return refuseEarly(house, message, response, head, reason, 'none');
  }
  const answer = await handle(house, head, body, response);
  if (isStream(answer)) await sendStream(answer, response, head, house.limits.stallTimeoutMs);
  else send(house, message, response, head, answer);
}

async function handle(
  { handler, options }: House,
  head: RequestHead,
  body: Uint8Array,
  response: ServerResponse,
): Promise<HttpResponse | HttpStream> {
  try {
    return await handler({ ...head, body }, new Context(response));
  } catch (error) {
    options.report?.(error, head);
    return refused(options, broken, head);
  }
}

function send(
  house: House,
  message: IncomingMessage,
  response: ServerResponse,
  head: RequestHead,
  answer: HttpResponse,
): void {
  if (response.destroyed) return;
  if (house.closing()) response.shouldKeepAlive = false;
  try {
    response.writeHead(answer.status, withLength(answer));
  } catch (error) {
    // A header with a line break, or a status out of range: the handler's mistake.
    house.options.report?.(error, head);
    const apology = refused(house.options, broken, head);
    response.writeHead(apology.status, withLength(apology)).end(apology.body);
    return;
  }
  response.end(answer.body);
  // The socket closes by itself where the client takes nothing for so long.
  if (message.socket.writableLength > 0) message.socket.setTimeout(house.limits.stallTimeoutMs);
}

/**
 * Answers before the body has been read, and closes. A client that is still sending would lose the
 * answer to a reset if the connection were closed at once, so what it sends is thrown away first.
 */
async function refuseEarly(
  { options, limits }: House,
  message: IncomingMessage,
  response: ServerResponse,
  head: RequestHead,
  refusal: Refusal,
  expectation: Expectation,
): Promise<void> {
  if (response.destroyed) return;
  const answer = refused(options, refusal, head);
  response.writeHead(answer.status, { ...withLength(answer), connection: 'close' });
  if (head.method !== 'HEAD') response.write(answer.body);
  const sending = hasBody(head) && expectation === 'none' && refusal !== stalled;
  if (sending) await discarded(message, limits.lingerTimeoutMs);
  response.end();
}

function discarded(message: IncomingMessage, lingerMs: number): Promise<void> {
  if (message.complete || message.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(finish, lingerMs);
    function finish(): void {
      clearTimeout(timer);
      message.off('end', finish).off('close', finish);
      resolve();
    }
    message.on('end', finish).on('close', finish).resume();
  });
}

/** The answer to what no handler gets to see. */
export function refused(
  options: ListenOptions,
  refusal: Refusal,
  head?: RequestHead,
): HttpResponse {
  return options.refuse?.(refusal, head) ?? plainRefusal(refusal);
}

/** An answer as bytes, for a connection on which node has no request to answer. */
export function closingAnswer(answer: HttpResponse): Buffer {
  const headers = { ...withLength(answer), date: new Date().toUTCString(), connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const statusLine = `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}\r\n`;
  return Buffer.concat([
    Buffer.from(`${statusLine}${lines.join('')}\r\n`, 'latin1'),
    Buffer.from(answer.body),
  ]);
}

function withLength({ status, headers, body }: HttpResponse): Record<string, string> {
  const bodiless = status === 204 || status === 304;
  if (bodiless || headers['content-length'] !== undefined) return headers;
  const bytes = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
  return { ...headers, 'content-length': String(bytes) };
}

const broken: Refusal = { status: 500, reason: 'Something is broken in here.' };
const stalled: Refusal = { status: 408, reason: 'The rest of the request did not come in time.' };

function tooLarge(maxBytes: number): Refusal {
  return { status: 413, reason: `The body is larger than ${maxBytes} bytes.` };
}

function sizeRefusal({ headers }: RequestHead, maxBytes: number): Refusal | undefined {
  return Number(headers['content-length'] ?? 0) > maxBytes ? tooLarge(maxBytes) : undefined;
}

function expectationRefusal(expectation: Expectation): Refusal | undefined {
  if (expectation !== 'unknown') return undefined;
  return { status: 417, reason: 'The only expectation understood is 100-continue.' };
}

/** Makes its signal when asked for it, as most handlers never look. */
class Context implements RequestContext {
  readonly #response: ServerResponse;
  #controller: AbortController | undefined;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  get signal(): AbortSignal {
    this.#controller ??= this.#watch(new AbortController());
    return this.#controller.signal;
  }

  #watch(controller: AbortController): AbortController {
    const response = this.#response;
    const { socket } = response.req;
    const abort = (): void => controller.abort();
    if (socket.destroyed) abort();
    socket.once('close', abort);
    response.once('finish', () => {
      // Node also says `finish` when the connection is torn down with bytes left to send.
      if (!socket.destroyed) socket.off('close', abort);
    });
    return controller;
  }
}
