import type { Server } from 'node:net';
import type { TlsIdentity } from '../tls/certificate.ts';
import type { HttpRequest, HttpResponse, HttpStream, RequestHead } from './message.ts';

/**
 * Opens a port and turns bytes into requests, and answers into bytes. What stands behind it
 * can change without anybody noticing.
 */
export type Listen = (options: ListenOptions, handler: Handler) => Promise<Listener>;

/**
 * Answers one complete request. Requests that come one behind the other on a connection are
 * handled one after the other. It should not throw: what it throws is reported and answers 500.
 */
export type Handler = (
  request: HttpRequest,
  context: RequestContext,
) => Promise<HttpResponse | HttpStream>;

export interface RequestContext {
  /** Aborted when the client hangs up before it has the whole answer. */
  readonly signal: AbortSignal;
}

export interface Listener {
  /** The listening socket; another process that is sent it takes connections as well. */
  readonly server: Server;
  readonly address: { readonly host: string; readonly port: number };
  /** Takes no more requests, lets those under way finish, and resolves when all connections are closed. */
  close(): Promise<void>;
}

export interface ListenOptions {
  /** 127.0.0.1 if left out. */
  readonly host?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** A socket that listens already, from another process, in place of host and port. */
  readonly server?: Server;
  /** HTTPS instead of HTTP: what is shown to everybody, or to those who ask for a name. */
  readonly tls?: TlsIdentity | ((serverName: string) => TlsIdentity | undefined);
  readonly limits?: Partial<Limits>;
  /** Words the answer to what no handler gets to see; plain text if left out. */
  refuse?(refusal: Refusal, head: RequestHead | undefined): HttpResponse;
  /** Told what a handler threw. */
  report?(error: unknown, head: RequestHead): void;
}

/** Times are the host's, in milliseconds. */
export interface Limits {
  /** Request line and headers together. */
  readonly headBytes: number;
  /** How large a body may be; asked once the head is known, before any of the body is read. */
  readonly bodyBytes: (head: RequestHead) => number;
  /** From the first byte of a request to the end of its head. */
  readonly headTimeoutMs: number;
  /** From the first byte of a request to its last. */
  readonly requestTimeoutMs: number;
  /** Without a byte of the body, or without the client taking a byte of the answer. */
  readonly stallTimeoutMs: number;
  /** An idle connection is closed after this. */
  readonly keepAliveTimeoutMs: number;
  /** How long the rest of a body that was refused is taken in, so that its sender sees why. */
  readonly lingerTimeoutMs: number;
  /** How long `close()` waits for requests under way. */
  readonly drainTimeoutMs: number;
}

const mebibyte = 1024 * 1024;

/**
 * 16 MiB holds the largest batch of DynamoDB and the largest template; the idle time lies above
 * that of every SDK's connection pool, so that no request meets a closing connection.
 */
export const defaultLimits: Limits = {
  headBytes: 32 * 1024,
  bodyBytes: () => 16 * mebibyte,
  headTimeoutMs: 20_000,
  requestTimeoutMs: 15 * 60_000,
  stallTimeoutMs: 30_000,
  keepAliveTimeoutMs: 65_000,
  lingerTimeoutMs: 2_000,
  drainTimeoutMs: 10_000,
};

/** Why the listener itself turned a request down. */
export interface Refusal {
  readonly status: 400 | 405 | 408 | 413 | 417 | 431 | 500 | 501;
  readonly reason: string;
}

/** The answer where `ListenOptions.refuse` says nothing else. */
export function plainRefusal({ status, reason }: Refusal): HttpResponse {
  return { status, headers: { 'content-type': 'text/plain' }, body: `${reason}\n` };
}
