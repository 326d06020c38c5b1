import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { AwsError } from '../src/kernel/aws-error.ts';
import { validate } from '../src/models/validate.ts';
import type { HttpRequest, HttpResponse } from '../src/gateway/http/message.ts';
import { resolve, type Resolved } from '../src/gateway/resolve.ts';
import type { Fields } from '../src/gateway/protocols/protocol.ts';

/** What a test's operation does with what was decoded. */
export type Script = (call: Resolved, input: Fields) => Fields | Promise<Fields>;

export const requestId = '11111111-2222-4333-8444-555555555555';

/** Resolve, decode, validate, run the script, encode: the gateway without signatures, for tests of the wire. */
export async function answer(request: HttpRequest, script: Script): Promise<HttpResponse> {
  const call = resolve(request);
  if ('error' in call) return call.protocol.encodeError(call, call.error, requestId);
  try {
    const input = call.protocol.decode(call, call.request);
    validate(call, call.protocol.name, input);
    return call.protocol.encode(call, await script(call, input), requestId);
  } catch (error) {
    if (error instanceof AwsError) return call.protocol.encodeError(call, error, requestId);
    throw error;
  }
}

export interface ScriptedServer extends AsyncDisposable {
  readonly endpoint: string;
  readonly port: number;
  /** The last request as it came. */
  last(): HttpRequest;
}

/** A server for tests, on a port of its own, that real clients can be aimed at. */
export async function startScriptedServer(script: Script): Promise<ScriptedServer> {
  let last: HttpRequest | undefined;
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const [path = '/', query = ''] = (incoming.url ?? '/').split('?', 2);
      const headers: Record<string, string> = {};
      for (const [name, value] of Object.entries(incoming.headers)) headers[name] = String(value);
      last = { method: incoming.method ?? '', path, query, headers, body: await buffer(incoming) };
      try {
        const response = await answer(last, script);
        outgoing.writeHead(response.status, response.headers).end(response.body);
      } catch (error) {
        outgoing.writeHead(599, { 'content-type': 'text/plain' }).end(String(error));
      }
    })();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    endpoint: `http://127.0.0.1:${port}`,
    last: () => {
      if (!last) throw new Error('no request came');
      return last;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
