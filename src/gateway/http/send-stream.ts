import { headText, type Manner } from './answer-bytes.ts';
import type { HttpStream } from './message.ts';
import type { Outlet } from './outlet.ts';

export interface StreamManner extends Manner {
  /** HTTP/1.0 knows no chunks: the end of the connection is the end of the body. */
  readonly minor: 0 | 1;
}

const lineEnd = Buffer.from('\r\n');
const lastChunk = Buffer.from('0\r\n\r\n');

/**
 * Sends a body as it comes, no faster than the client takes it. Resolves when the body has ended or
 * the client is gone.
 */
export async function sendStream(
  { status, headers, body }: HttpStream,
  outlet: Outlet,
  { common, headOnly, minor }: StreamManner,
): Promise<void> {
  const chunked = minor === 1;
  const coding = chunked ? 'transfer-encoding: chunked\r\n' : '';
  const head = Buffer.from(`${headText(status, headers)}${coding}${common}\r\n`, 'latin1');
  if (!(await outlet.taken([head])) || headOnly) return;
  for await (const piece of body) {
    if (piece.byteLength === 0) continue; // as a chunk it would be the last
    const pieces = chunked ? [chunkHead(piece), piece, lineEnd] : [piece];
    if (!(await outlet.taken(pieces))) return;
  }
  if (chunked) await outlet.taken([lastChunk]);
}

function chunkHead({ byteLength }: Uint8Array): Buffer {
  return Buffer.from(`${byteLength.toString(16)}\r\n`);
}
