import { AwsError } from '../../kernel/aws-error.ts';
import type { HttpRequest } from '../http/message.ts';

/** A body that was sent in signed or unsigned chunks, put together again. */
export interface AwsChunkedBody {
  readonly body: Uint8Array;
  /** In order, each with the signature that it claims. The last chunk is empty. */
  readonly chunks: readonly { readonly data: Uint8Array; readonly signature?: string }[];
  /** Headers after the body, lower-case: checksums, and `x-amz-trailer-signature`. */
  readonly trailers: Readonly<Record<string, string>>;
}

/**
 * Takes `aws-chunked` apart: `<hex size>;chunk-signature=<hex>\r\n<data>\r\n…0…\r\n<trailers>\r\n`.
 * Signatures are handed on, not checked.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 *
 * @throws AwsError `IncompleteBody` for a body that ends early or keeps to no such form
 */
export function parseAwsChunked(bytes: Uint8Array): AwsChunkedBody {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: { data: Uint8Array; signature?: string }[] = [];
  let at = 0;
  for (;;) {
    const end = buffer.indexOf('\r\n', at);
    if (end === -1 || end - at > maxLine) throw incompleteBody();
    const match = chunkHeader.exec(buffer.toString('latin1', at, end));
    if (!match) throw incompleteBody();
    const size = Number.parseInt(match[1]!, 16);
    at = end + 2;
    if (at + size > buffer.length) throw incompleteBody();
    chunks.push({
      data: buffer.subarray(at, at + size),
      ...(match[2] !== undefined && { signature: match[2] }),
    });
    at += size;
    if (size === 0) break;
    if (buffer.toString('latin1', at, at + 2) !== '\r\n') throw incompleteBody();
    at += 2;
  }
  const trailers = parseTrailers(buffer.toString('latin1', at));
  return { body: Buffer.concat(chunks.map(({ data }) => data)), chunks, trailers };
}

const maxLine = 1024;
const chunkHeader = /^([0-9a-f]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?$/i;

function parseTrailers(text: string): Record<string, string> {
  const trailers: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const match = /^([\w-]+)\s*:(.*)$/.exec(line);
    if (match) trailers[match[1]!.toLowerCase()] = match[2]!.trim();
    else if (line !== '') throw incompleteBody();
  }
  return trailers;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList */
function incompleteBody(): AwsError {
  return new AwsError(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
  );
}

/**
 * The request that was wrapped in chunks, if it was: its trailers among the headers, its true
 * length and encoding in theirs.
 */
export function unwrapAwsChunked(request: HttpRequest): HttpRequest {
  const { headers } = request;
  if (!headers['x-amz-content-sha256']?.startsWith('STREAMING-')) return request;
  const { body, trailers } = parseAwsChunked(request.body);
  const announced = headers['x-amz-decoded-content-length'];
  if (announced !== undefined && Number(announced) !== body.byteLength) throw incompleteBody();
  const { 'content-encoding': encoding, ...others } = headers;
  const encodings = encoding?.split(',').filter((each) => each.trim() !== 'aws-chunked') ?? [];
  return {
    ...request,
    body,
    headers: {
      ...others,
      ...trailers,
      ...(encodings.length > 0 && { 'content-encoding': encodings.join(',') }),
      'content-length': String(body.byteLength),
    },
  };
}
