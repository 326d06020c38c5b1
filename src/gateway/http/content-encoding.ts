import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { AwsError } from '../../kernel/aws-error.ts';
import type { HttpRequest } from './message.ts';

const decompress = promisify(gunzip);

/**
 * The request with its body unpacked, where it came with `content-encoding: gzip`, as SDKs send
 * CloudWatch's PutMetricData. For after the signature has been checked, which covers the packed
 * bytes, and never for S3, which keeps an object as it was encoded.
 *
 * @param maxBytes of the unpacked body
 * @throws AwsError `SerializationException` for bytes that are no gzip, `RequestEntityTooLarge` (413)
 */
export async function unpacked(request: HttpRequest, maxBytes: number): Promise<HttpRequest> {
  const encoding = request.headers['content-encoding'];
  if (encoding === undefined || encoding.toLowerCase() === 'identity') return request;
  if (encoding.toLowerCase() !== 'gzip') {
    throw new AwsError('SerializationException', `Unsupported Content-Encoding: ${encoding}`, {
      status: 415,
    });
  }
  try {
    return { ...request, body: await decompress(request.body, { maxOutputLength: maxBytes }) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new AwsError('RequestEntityTooLarge', `Request size exceeded ${maxBytes} bytes`, {
        status: 413,
        cause: error,
      });
    }
    throw new AwsError('SerializationException', 'The gzip body could not be read', {
      cause: error,
    });
  }
}
