import { createHash, createHmac } from 'node:crypto';

/** A request ready to be written to a socket, again and again while its signature lasts. */
export type Prepared = Uint8Array;

const REGION = 'us-east-1';
const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

/** A DynamoDB request, signed in full (SigV4), as the bytes of its HTTP/1.1 message. */
export function prepare(port: number, operation: string, input: object): Prepared {
  const body = JSON.stringify(input);
  const host = `127.0.0.1:${port}`;
  const target = `DynamoDB_20120810.${operation}`;
  const timestamp = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const signed = 'content-type;host;x-amz-date;x-amz-target';
  const canonical = [
    'POST',
    '/',
    '',
    'content-type:application/x-amz-json-1.0',
    `host:${host}`,
    `x-amz-date:${timestamp}`,
    `x-amz-target:${target}`,
    '',
    signed,
    sha256(body),
  ].join('\n');
  const date = timestamp.slice(0, 8);
  const scope = `${date}/${REGION}/dynamodb/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', timestamp, scope, sha256(canonical)].join('\n');
  const signature = createHmac('sha256', signingKey(date)).update(text).digest('hex');
  return Buffer.from(
    [
      'POST / HTTP/1.1',
      `Host: ${host}`,
      'Content-Type: application/x-amz-json-1.0',
      `X-Amz-Date: ${timestamp}`,
      `X-Amz-Target: ${target}`,
      `Authorization: AWS4-HMAC-SHA256 Credential=${CREDENTIALS.accessKeyId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );
}

function signingKey(date: string): Buffer {
  return [date, REGION, 'dynamodb', 'aws4_request'].reduce(
    (key, part) => createHmac('sha256', key).update(part).digest(),
    Buffer.from(`AWS4${CREDENTIALS.secretAccessKey}`),
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
