import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AwsError } from '../kernel/aws-error.ts';
import { Authenticator, type Target } from './authenticate.ts';
import { credentials } from './credentials.ts';

const targets: readonly Target[] = [
  { signingName: 'dynamodb', protocol: 'aws-json-1.0' },
  { signingName: 'sts', protocol: 'aws-query' },
  { signingName: 'ec2', protocol: 'ec2-query' },
  { signingName: 's3', protocol: 'rest-xml' },
  { signingName: 'lambda', protocol: 'rest-json' },
];

function isRefusal(reason: unknown): boolean {
  if (!(reason instanceof AwsError)) throw reason;
  return reason.status < 500;
}

describe('whatever is sent', () => {
  const field = fc.oneof(
    fc.string(),
    fc.constantFrom('Credential=test/20260101/us-east-1/dynamodb/aws4_request', 'Signature=00'),
    fc.constantFrom('SignedHeaders=host', 'SignedHeaders=;;', 'Credential=////', '=', 'Signature='),
  );
  const headers = fc.record(
    {
      authorization: fc
        .array(field)
        .map((fields) => `AWS4-HMAC-SHA256 ${fields.join(', ')}`)
        .chain((text) => fc.constantFrom(text, text.slice(17))),
      'x-amz-date': fc.oneof(fc.string(), fc.constant('20260101T000000Z')),
      date: fc.string(),
      host: fc.string(),
      'x-amz-content-sha256': fc.string(),
    },
    { requiredKeys: [] },
  );
  const parameter = fc.tuple(
    fc.constantFrom('Algorithm', 'Credential', 'Date', 'Expires', 'SignedHeaders', 'Signature'),
    fc.oneof(
      fc.string(),
      fc.constantFrom('AWS4-HMAC-SHA256', 'test/20260101/us-east-1/s3/aws4_request', '%zz', '60'),
      fc.constantFrom('20260101T000000Z', 'host', '20269999T999999Z'),
    ),
  );
  const query = fc.oneof(
    fc.string(),
    fc.array(parameter).map((pairs) => pairs.map(([n, v]) => `X-Amz-${n}=${v}`).join('&')),
  );

  it('is let in as somebody or refused in AWS’s words', async () => {
    const service = fc.constantFrom(...targets);
    const gate = new Authenticator({
      credentials: credentials('loopback', '000000000000', []),
      clock: { now: Date.now },
    });
    await fc.assert(
      fc.asyncProperty(
        headers,
        query,
        fc.string(),
        service,
        async (sentHeaders, text, path, to) => {
          const request = { method: 'POST', path: `/${path}`, query: text, body: Buffer.alloc(0) };
          const outcome = await gate
            .authenticate({ ...request, headers: sentHeaders }, to)
            .then(({ account }) => /^\d{12}$/.test(account), isRefusal);
          expect(outcome).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
