import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import type { Duplex, Readable } from 'node:stream';

/** Where an engine listens: a Unix socket, or TCP on this host. */
export type Endpoint =
  | { readonly socketPath: string }
  | { readonly host: string; readonly port: number };

export interface Call {
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON, or as it comes where it is a stream (a tar archive). */
  readonly body?: object | Readable;
  readonly signal?: AbortSignal;
}

type Method = 'GET' | 'POST' | 'DELETE';

/** The engine refused, in its own words. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly status: number;

  constructor(status: number, call: string, answer: string) {
    super(`The container engine answers ${status} to ${call}: ${messageOf(answer)}`);
    this.status = status;
  }
}

/**
 * The Docker Engine API as far as the driver needs it. Without a version in the path, so that each
 * engine answers in its own; what is read here has been there since 1.24, and podman has it too.
 *
 * @see https://docs.docker.com/reference/api/engine/
 */
export class Engine {
  readonly #endpoint: Endpoint;

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
  }

  /** @throws EngineError on any status but 2xx and 304, which says that it is so already */
  async call<Answer>(method: Method, path: string, call: Call = {}): Promise<Answer> {
    const text = await this.text(method, path, call);
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  }

  /** The answer as text. */
  async text(method: Method, path: string, call: Call = {}): Promise<string> {
    return (await this.bytes(method, path, call)).toString('utf8');
  }

  async bytes(method: Method, path: string, call: Call = {}): Promise<Buffer> {
    return whole(await this.stream(method, path, call));
  }

  /** The answer as it comes; to break off reading it ends the call. */
  async stream(method: Method, path: string, call: Call = {}): Promise<IncomingMessage> {
    const response = await this.#send(method, path, call);
    const { statusCode = 0 } = response;
    if (statusCode < 300 || statusCode === 304) return response;
    throw new EngineError(statusCode, `${method} ${path}`, (await whole(response)).toString());
  }

  /** Turns a call into a connection to a program's standard input and output. */
  connect(path: string, body: object): Promise<Duplex> {
    return new Promise((resolve, reject) => {
      const outgoing = this.#request('POST', path, {}, 'application/json', {
        connection: 'Upgrade',
        upgrade: 'tcp',
      });
      outgoing.on('error', reject);
      outgoing.on('upgrade', (_response, socket: Duplex, head: Buffer) => {
        if (head.length > 0) socket.unshift(head);
        resolve(socket);
      });
      outgoing.on('response', (response: IncomingMessage) => {
        response.resume();
        reject(new EngineError(response.statusCode ?? 0, `POST ${path}`, 'no connection is made'));
      });
      outgoing.end(JSON.stringify(body));
    });
  }

  #send(method: Method, path: string, call: Call): Promise<IncomingMessage> {
    const { body } = call;
    const isStream = body !== undefined && 'pipe' in body;
    return new Promise((resolve, reject) => {
      const type = isStream ? 'application/x-tar' : 'application/json';
      const outgoing = this.#request(method, path, call, type);
      outgoing.on('error', reject).on('response', resolve);
      if (isStream) body.on('error', reject).pipe(outgoing);
      else outgoing.end(body && JSON.stringify(body));
    });
  }

  #request(
    method: Method,
    path: string,
    { query = {}, signal }: Call,
    type: string,
    headers: Record<string, string> = {},
  ): ClientRequest {
    const search = new URLSearchParams(query).toString();
    return request({
      ...this.#endpoint,
      method,
      path: search ? `${path}?${search}` : path,
      headers: { host: 'docker', 'content-type': type, ...headers },
      agent: false,
      ...(signal && { signal }),
    });
  }
}

async function whole(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function messageOf(answer: string): string {
  try {
    return (JSON.parse(answer) as { message: string }).message;
  } catch {
    return answer.trim();
  }
}
