import type { IncomingMessage } from 'node:http';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Failure } from '../failure.ts';
import type { Answer } from './decode.ts';

/** A request with everything that goes over the wire. */
export interface SignedRequest {
  readonly method: string;
  readonly url: URL;
  /** As signed: percent-encoded, with the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface SendOptions {
  readonly verifyTls: boolean;
  /** 0 waits for ever. */
  readonly readTimeoutSeconds: number;
  readonly connectTimeoutSeconds: number;
}

/** Sends one request and collects its answer. @throws Failure where nobody answers */
export async function send(request: SignedRequest, options: SendOptions): Promise<Answer> {
  const { url, method, path, headers, body } = request;
  const issue = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = issue(url, {
      method,
      path,
      headers: { ...headers, 'content-length': String(body.byteLength) },
      rejectUnauthorized: options.verifyTls,
      // Names under .localhost are this machine whatever the resolver thinks of them.
      ...(url.hostname.endsWith('.localhost') && { hostname: 'localhost' }),
    });
    const giveUp = (cause: Error): void => reject(unreachable(url, cause));
    outgoing.on('error', giveUp);
    limitTime(outgoing, url, options);
    outgoing.on('response', (incoming) => {
      collect(incoming).then(resolve, giveUp);
    });
    outgoing.end(body);
  });
}

function limitTime(
  outgoing: ReturnType<typeof httpRequest>,
  url: URL,
  { readTimeoutSeconds, connectTimeoutSeconds }: SendOptions,
): void {
  const limit = connectTimeoutSeconds * 1000;
  outgoing.on('socket', (socket) => {
    const late = (): void => {
      outgoing.destroy(new Error(`no connection within ${connectTimeoutSeconds} seconds`));
    };
    if (limit === 0 || !socket.connecting) return;
    const timer = setTimeout(late, limit);
    socket.once('connect', () => clearTimeout(timer));
    socket.once('close', () => clearTimeout(timer));
  });
  outgoing.setTimeout(readTimeoutSeconds * 1000, () => {
    outgoing.destroy(
      new Failure(
        `Read timeout on endpoint URL: "${url.href}" after ${readTimeoutSeconds} seconds`,
      ),
    );
  });
}

async function collect(incoming: IncomingMessage): Promise<Answer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Uint8Array);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return { status: incoming.statusCode ?? 0, headers, body: Buffer.concat(chunks) };
}

function unreachable(url: URL, cause: Error): Failure {
  if (cause instanceof Failure) return cause;
  const { code } = cause as NodeJS.ErrnoException;
  const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  const hint =
    code === 'ECONNREFUSED' && isLocal
      ? ' Nothing listens there: start it with `alacarte up`.'
      : '';
  const reason = cause.message === '' ? (code ?? 'unknown') : cause.message;
  return new Failure(
    `Could not connect to the endpoint URL: "${url.href}" (${reason}).${hint}`,
    255,
    {
      cause,
    },
  );
}
