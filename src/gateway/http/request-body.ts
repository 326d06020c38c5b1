import type { IncomingMessage } from 'node:http';

/** How reading a body ended: `gone` means that the client hung up. */
export type BodyOutcome = Uint8Array | 'too-large' | 'stalled' | 'gone';

/**
 * Collects a body of at most `maxBytes`. Stops reading, and leaves the rest on the connection, as
 * soon as it proves larger or no byte has come for `stallTimeoutMs`.
 */
export function readBody(
  message: IncomingMessage,
  maxBytes: number,
  stallTimeoutMs: number,
): Promise<BodyOutcome> {
  if (message.destroyed && !message.complete) return Promise.resolve('gone');
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const stalled = setTimeout(() => finish('stalled'), stallTimeoutMs);

    function onData(chunk: Buffer): void {
      bytes += chunk.length;
      if (bytes > maxBytes) return finish('too-large');
      chunks.push(chunk);
      stalled.refresh();
    }
    function onEnd(): void {
      finish(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, bytes));
    }
    function onClose(): void {
      finish('gone');
    }
    function finish(outcome: BodyOutcome): void {
      clearTimeout(stalled);
      message.off('data', onData).off('end', onEnd).off('close', onClose);
      if (typeof outcome === 'string') message.pause();
      resolve(outcome);
    }
    message.on('data', onData).on('end', onEnd).on('close', onClose);
  });
}

/** Whether a message has a body at all, by its head (RFC 9112, 6). */
export function hasBody({ headers }: { headers: Readonly<Record<string, string>> }): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}
