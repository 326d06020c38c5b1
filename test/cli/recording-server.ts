import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** A request by what it means: the order of parameters and members does not count. */
export interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly query: readonly string[];
  readonly target: string | undefined;
  readonly body: unknown;
}

export interface CannedAnswer {
  readonly contentType: string;
  readonly body: string;
}

/** Notes every request and gives the answer that was laid out for it. */
export class RecordingServer implements AsyncDisposable {
  /** By command line: each begins with a request for `/next`. */
  readonly lines: Recorded[][] = [];
  /** The answers to each line's requests, in order; blank ones where there are none. */
  scripts: readonly (readonly CannedAnswer[])[] = [];
  readonly #server = createServer((request, response) => {
    if (request.url === '/next') {
      this.lines.push([]);
      response.end();
      return;
    }
    void this.#serve(request, response);
  });

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await this.#record(request);
    const script = this.scripts[this.lines.length - 1];
    const { contentType, body } = script?.[this.lines.at(-1)!.length - 1] ?? blankFor(request);
    response.writeHead(200, { 'content-type': contentType });
    response.end(body);
  }

  async #record(request: IncomingMessage): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [path = '', query = ''] = (request.url ?? '').split('?');
    this.lines.at(-1)!.push({
      method: request.method ?? '',
      // The SDKs' models leave out the slash that botocore's have at the end of some paths.
      path: path.replace(/(?<=.)\/$/, ''),
      query: query.split('&').filter(Boolean).toSorted(),
      target: request.headers['x-amz-target'] as string | undefined,
      body: meaningOf(Buffer.concat(chunks).toString(), request.headers['content-type'] ?? ''),
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** Random tokens are made equal, as both sides make up their own. */
function meaningOf(body: string, contentType: string): unknown {
  const plain = body.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'a-random-uuid');
  if (contentType.includes('form')) return [...new URLSearchParams(plain)].toSorted(byName);
  if (plain.startsWith('{')) return JSON.parse(plain) as unknown;
  return plain;
}

function byName([a]: [string, string], [b]: [string, string]): number {
  return a < b ? -1 : 1;
}

function blankFor({ headers }: IncomingMessage): CannedAnswer {
  if (headers['x-amz-target'] !== undefined) return { contentType: 'application/json', body: '{}' };
  const isForm = (headers['content-type'] ?? '').includes('form');
  return { contentType: 'text/xml', body: isForm ? '<Response/>' : '' };
}
