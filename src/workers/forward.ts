import * as http from 'node:http';
import type { RequestContext } from '../gateway/http/listener.ts';
import type { HttpRequest, HttpResponse, HttpStream } from '../gateway/http/message.ts';

/** Hands requests on to the leader as they came, and its answers back. */
export class Forwarder {
  readonly #port: number;
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: Infinity });

  /** @param port of the leader on 127.0.0.1 */
  constructor(port: number) {
    this.#port = port;
  }

  async serve(
    request: HttpRequest,
    { signal }: RequestContext,
  ): Promise<HttpResponse | HttpStream> {
    const answer = await this.#send(request, signal);
    const status = answer.statusCode!;
    const headers = ownHeaders(answer.headers);
    if (answer.headers['transfer-encoding'] === 'chunked') {
      return { status, headers, body: answer as AsyncIterable<Buffer> };
    }
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    return { status, headers, body: Buffer.concat(chunks) };
  }

  close(): void {
    this.#agent.destroy();
  }

  #send(request: HttpRequest, signal: AbortSignal): Promise<http.IncomingMessage> {
    const { method, path, query, body } = request;
    return new Promise((resolve, reject) => {
      http
        .request(
          {
            host: '127.0.0.1',
            port: this.#port,
            agent: this.#agent,
            method,
            path: query === '' ? path : `${path}?${query}`,
            headers: { ...ownHeaders(request.headers), 'content-length': body.length },
            signal,
          },
          resolve,
        )
        .once('error', reject)
        .end(body);
    });
  }
}

/** Those of one connection stay with it; the length is told anew. */
const ofConnection = new Set(['connection', 'keep-alive', 'transfer-encoding', 'expect', 'date']);

function ownHeaders(headers: http.IncomingHttpHeaders): Record<string, string> {
  const own: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !ofConnection.has(name)) own[name] = String(value);
  }
  return own;
}
