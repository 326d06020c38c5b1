import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Handler, Listener, ListenOptions } from '../../src/gateway/http/listener.ts';
import { listen } from '../../src/gateway/http/socket-listener.ts';

const cleanups: (() => Promise<unknown> | void)[] = [];
/** Closes what the functions below have opened; for `afterEach`. */
export async function cleanUp(): Promise<void> {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
}

/** Tells what it was asked. */
export const echo: Handler = async ({ method, path, query, body }) => ({
  status: 200,
  headers: { 'content-type': 'text/plain' },
  body: `${method} ${path} ${query} ${Buffer.from(body).toString()}`,
});

/** A listener on a port of its own. */
export async function start(
  handler: Handler = echo,
  options: Partial<ListenOptions> = {},
): Promise<Listener> {
  const listener = await listen({ host: '127.0.0.1', port: 0, ...options }, handler);
  cleanups.push(() => listener.close());
  return listener;
}

/** A connection to it. */
export async function open({ address }: Listener): Promise<Socket> {
  const socket = connect(address.port, address.host);
  cleanups.push(() => void socket.destroy());
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Everything the server says until it closes the connection. */
export async function untilClosed(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
  return Buffer.concat(chunks).toString('latin1');
}

/** What the server says to these bytes, sent on a connection of their own. */
export async function answerTo(listener: Listener, text: string): Promise<string> {
  const socket = await open(listener);
  socket.write(text, 'latin1');
  return untilClosed(socket);
}

/** What follows the head of an answer. */
export function bodyOf(answer: string): string {
  return answer.slice(answer.indexOf('\r\n\r\n') + 4);
}

/** The header that makes a request its connection's last. */
export const close = 'Connection: close\r\n';
