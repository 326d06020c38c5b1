import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { HttpStream, RequestHead } from './message.ts';

/**
 * Sends a body as it comes, no faster than the client takes it. Resolves when the body has ended,
 * or the client is gone, or has taken nothing for `stallTimeoutMs`.
 */
export async function sendStream(
  { status, headers, body }: HttpStream,
  response: ServerResponse,
  { method }: RequestHead,
  stallTimeoutMs: number,
): Promise<void> {
  if (response.destroyed) return;
  response.writeHead(status, headers);
  if (method === 'HEAD') return void response.end();
  response.flushHeaders();
  for await (const chunk of body) {
    if (response.destroyed) return;
    if (!response.write(chunk)) await taken(response, stallTimeoutMs);
    if (response.destroyed) return;
  }
  response.end();
}

async function taken(response: ServerResponse, stallTimeoutMs: number): Promise<void> {
  const { socket } = response.req;
  socket.setTimeout(stallTimeoutMs); // it closes by itself
  await Promise.race([once(response, 'drain'), once(response, 'close')]);
  socket.setTimeout(0);
}
