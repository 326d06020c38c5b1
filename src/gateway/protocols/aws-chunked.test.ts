import { expect, test } from 'vitest';
import { parseAwsChunked, unwrapAwsChunked } from './aws-chunked.ts';

const signature = 'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648';
const signedChunks = Buffer.from(
  `5;chunk-signature=${signature}\r\nhello\r\n6;chunk-signature=${signature}\r\n world\r\n` +
    `0;chunk-signature=${signature}\r\n` +
    `x-amz-checksum-crc32:DUoRhQ==\r\nx-amz-trailer-signature:${signature}\r\n\r\n`,
);

test('signed chunks with trailers', () => {
  const { body, chunks, trailers } = parseAwsChunked(signedChunks);
  expect(Buffer.from(body).toString()).toBe('hello world');
  expect(chunks.map((chunk) => [chunk.data.length, chunk.signature])).toEqual([
    [5, signature],
    [6, signature],
    [0, signature],
  ]);
  expect(trailers).toEqual({
    'x-amz-checksum-crc32': 'DUoRhQ==',
    'x-amz-trailer-signature': signature,
  });
});

test('the request that was wrapped', () => {
  const request = {
    method: 'PUT',
    path: '/b/k',
    query: '',
    headers: {
      'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': '11',
      'content-encoding': 'gzip,aws-chunked',
      'content-length': String(signedChunks.length),
    },
    body: signedChunks,
  };
  const { headers, body } = unwrapAwsChunked(request);
  expect(Buffer.from(body).toString()).toBe('hello world');
  expect(headers).toMatchObject({
    'content-encoding': 'gzip',
    'content-length': '11',
    'x-amz-checksum-crc32': 'DUoRhQ==',
  });
  const plain = { ...request, headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } };
  expect(unwrapAwsChunked(plain)).toBe(plain);
});
