import { describe, expect, test } from 'vitest';
import type { HttpRequest } from './http/message.ts';
import { refuseForeignPages } from './browser-guard.ts';

function request(headers: Record<string, string>): HttpRequest {
  return { method: 'POST', path: '/', query: '', headers, body: new Uint8Array() };
}

describe('refuseForeignPages', () => {
  test.each([
    { host: '127.0.0.1:4566' },
    { host: '[::1]:4566' },
    { host: '172.31.0.1:4566' },
    { host: 'localhost' },
    { host: 'bucket.s3.localhost:4566' },
    { host: 'dynamodb.us-east-1.amazonaws.com' },
    { host: 'sqs.localhost.localstack.cloud:4566' },
    { host: 'LOCALHOST:4566' },
    {},
    { host: '127.0.0.1:4566', origin: 'http://127.0.0.1:4566', 'sec-fetch-site': 'same-origin' },
  ] as Record<string, string>[])('lets %j pass', (headers) => {
    expect(refuseForeignPages(request(headers))).toBeUndefined();
  });

  test.each([
    { host: 'evil.example' },
    { host: '127.0.0.1.evil.example' },
    { host: 'localhost.evil.example:4566' },
    { host: '127.0.0.1:4566', origin: 'http://evil.example' },
    { host: '127.0.0.1:4566', origin: 'http://127.0.0.1:3000' },
    { host: '127.0.0.1:4566', origin: 'null' },
    { host: '127.0.0.1:4566', 'sec-fetch-site': 'cross-site' },
  ] as Record<string, string>[])('refuses %j', (headers) => {
    expect(refuseForeignPages(request(headers))?.status).toBe(403);
  });
});
