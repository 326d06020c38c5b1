import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Wire, type Keys } from '../../test/clients/wire.ts';
import type { HttpRequest } from '../gateway/http/message.ts';
import { AwsError } from '../kernel/aws-error.ts';
import { type Caller, rootPrincipal } from '../kernel/caller.ts';
import type { AuthMode } from '../options.ts';
import { Authenticator, type Target } from './authenticate.ts';
import { credentials } from './credentials.ts';
import { parseTimestamp } from './timestamp.ts';

const account = '000000000000';
const dynamodb: Target = { signingName: 'dynamodb', protocol: 'aws-json-1.0' };
const sts: Target = { signingName: 'sts', protocol: 'aws-query' };
const ec2: Target = { signingName: 'ec2', protocol: 'ec2-query' };
const s3: Target = { signingName: 's3', protocol: 'rest-xml' };
const lambda: Target = { signingName: 'lambda', protocol: 'rest-json' };
const test: Keys = { accessKeyId: 'test', secretAccessKey: 'test' };

let wire: Wire;
beforeAll(async () => {
  wire = await Wire.open();
});
afterAll(() => wire?.close());

function authenticator(mode: AuthMode = 'loopback', now: () => number = Date.now): Authenticator {
  return new Authenticator({
    credentials: credentials(mode, account, []),
    clock: { now: Date.now },
    clientClock: { now },
  });
}

const root: Caller = {
  account,
  region: 'us-east-1',
  principal: rootPrincipal(account, 'test'),
};

async function errorOf(result: Promise<Caller>): Promise<Pick<AwsError, 'code' | 'status'>> {
  const error: unknown = await result.then(
    (caller) => expect.fail(`was let in as ${caller.principal.arn}`),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AwsError);
  const { code, status } = error as AwsError;
  return { code, status };
}

const calls: readonly [string, Target, (keys: Keys) => Promise<HttpRequest>, Wording][] = [
  [
    'DynamoDB',
    dynamodb,
    (keys) => wire.listTables(keys),
    {
      mismatch: { code: 'InvalidSignatureException', status: 400 },
      unknown: { code: 'UnrecognizedClientException', status: 400 },
      unsigned: { code: 'MissingAuthenticationTokenException', status: 400 },
    },
  ],
  [
    'STS',
    sts,
    (keys) => wire.callerIdentity(keys),
    {
      mismatch: { code: 'SignatureDoesNotMatch', status: 403 },
      unknown: { code: 'InvalidClientTokenId', status: 403 },
      unsigned: { code: 'MissingAuthenticationToken', status: 403 },
    },
  ],
  [
    'EC2',
    ec2,
    (keys) => wire.describeRegions(keys),
    {
      mismatch: { code: 'AuthFailure', status: 401 },
      unknown: { code: 'AuthFailure', status: 401 },
      unsigned: { code: 'MissingParameter', status: 400 },
    },
  ],
  [
    'S3',
    s3,
    (keys) => wire.putObject(keys),
    {
      mismatch: { code: 'SignatureDoesNotMatch', status: 403 },
      unknown: { code: 'InvalidAccessKeyId', status: 403 },
      unsigned: { code: 'AccessDenied', status: 403 },
    },
  ],
  [
    'Lambda',
    lambda,
    (keys) => wire.invoke(keys),
    {
      mismatch: { code: 'InvalidSignatureException', status: 403 },
      unknown: { code: 'UnrecognizedClientException', status: 403 },
      unsigned: { code: 'MissingAuthenticationTokenException', status: 403 },
    },
  ],
];

interface Wording {
  readonly mismatch: Pick<AwsError, 'code' | 'status'>;
  readonly unknown: Pick<AwsError, 'code' | 'status'>;
  readonly unsigned: Pick<AwsError, 'code' | 'status'>;
}

describe.each(calls)('a request of the SDK to %s', (_name, target, call, wording) => {
  it('is let in with the well-known key', async () => {
    expect(await authenticator().authenticate(await call(test), target)).toEqual(root);
  });

  it('is refused with another secret', async () => {
    const request = await call({ ...test, secretAccessKey: 'other' });
    expect(await errorOf(authenticator().authenticate(request, target))).toEqual(wording.mismatch);
  });

  it('is refused with a key that strict mode does not know', async () => {
    const request = await call({ accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'x' });
    expect(await errorOf(authenticator('strict').authenticate(request, target))).toEqual(
      wording.unknown,
    );
    const caller = await authenticator('loopback').authenticate(request, target);
    expect(caller.principal.arn).toBe('arn:aws:iam::000000000000:root');
  });

  it('is refused unsigned', async () => {
    const whole = await call(test);
    const { authorization: _, ...headers } = whole.headers;
    const request = { ...whole, headers };
    expect(await errorOf(authenticator().authenticate(request, target))).toEqual(wording.unsigned);
  });

  it('is refused with a changed header, path, query or method', async () => {
    const request = await call(test);
    for (const changed of [
      { headers: { ...request.headers, host: 'elsewhere' } },
      { path: `${request.path}x` },
      { query: `${request.query}&x=1` },
      { method: 'DELETE' },
    ]) {
      expect(
        await errorOf(authenticator().authenticate({ ...request, ...changed }, target)),
      ).toEqual(wording.mismatch);
    }
    expect(await authenticator().authenticate(request, target)).toEqual(root);
  });
});

it('refuses a changed body', async () => {
  const request = { ...(await wire.listTables(test)), body: Buffer.from('{"Limit":6}') };
  const { code } = await errorOf(authenticator().authenticate(request, dynamodb));
  expect(code).toBe('InvalidSignatureException');
});

it('refuses a body that is not what S3 was told to expect', async () => {
  const request = await wire.putObject(test, 'k');
  expect(request.headers['x-amz-content-sha256']).toMatch(/^[0-9a-f]{64}$/);
  const changed = { ...request, body: Buffer.from('HELLO') };
  const { code } = await errorOf(authenticator().authenticate(changed, s3));
  expect(code).toBe('XAmzContentSHA256Mismatch');
});

it('refuses S3 headers that nobody signed', async () => {
  const request = await wire.putObject(test);
  const headers = { ...request.headers, 'x-amz-acl': 'public-read' };
  const { code } = await errorOf(authenticator().authenticate({ ...request, headers }, s3));
  expect(code).toBe('AccessDenied');
});

it('takes the account from an access key of twelve digits, and the region from the scope', async () => {
  const request = await wire.listTables(
    { accessKeyId: '123456789012', secretAccessKey: 'any' },
    'eu-west-1',
  );
  const caller = await authenticator().authenticate(request, dynamodb);
  expect(caller).toMatchObject({ account: '123456789012', region: 'eu-west-1' });
});

describe('a presigned URL', () => {
  it('is let in', async () => {
    expect(await authenticator().authenticate(await wire.presignedGetObject(test), s3)).toEqual(
      root,
    );
  });

  it('is refused when any part of it has been changed', async () => {
    const request = await wire.presignedGetObject(test);
    for (const query of [
      request.query.replace('X-Amz-Expires=60', 'X-Amz-Expires=61'),
      request.query.replace('versionId=v%2F1', 'versionId=v%2F2'),
      `${request.query}&more=1`,
    ]) {
      expect(query).not.toBe(request.query);
      const { code } = await errorOf(authenticator().authenticate({ ...request, query }, s3));
      expect(code).toBe('SignatureDoesNotMatch');
    }
  });

  it('is good to the last second, and no longer', async () => {
    const request = await wire.presignedGetObject(test, 3600);
    const signedAt = parseTimestamp(/X-Amz-Date=(\w+)/.exec(request.query)![1]!)!;
    const at = (seconds: number) =>
      authenticator('loopback', () => signedAt + seconds * 1000).authenticate(request, s3);
    expect(await at(3600)).toEqual(root);
    expect(await errorOf(at(3601))).toEqual({ code: 'AccessDenied', status: 403 });
  });
});

describe('the time of a signature', () => {
  it.each([
    ['DynamoDB', dynamodb, (keys: Keys) => wire.listTables(keys), 5, 'InvalidSignatureException'],
    ['STS', sts, (keys: Keys) => wire.callerIdentity(keys), 15, 'SignatureDoesNotMatch'],
    ['EC2', ec2, (keys: Keys) => wire.describeRegions(keys), 5, 'AuthFailure'],
    ['S3', s3, (keys: Keys) => wire.putObject(keys), 15, 'RequestTimeTooSkewed'],
  ] as const)('may differ for %s', async (_name, target, call, minutes, code) => {
    const request = await call(test);
    const signedAt = parseTimestamp(request.headers['x-amz-date']!)!;
    const at = (ms: number) =>
      authenticator('loopback', () => signedAt + ms).authenticate(request, target);
    expect(await at(minutes * 60_000)).toEqual(root);
    expect(await at(-minutes * 60_000)).toEqual(root);
    expect((await errorOf(at(minutes * 60_000 + 1000))).code).toBe(code);
    expect((await errorOf(at(-minutes * 60_000 - 1000))).code).toBe(code);
  });

  it('is told in AWS’s words', async () => {
    const request = await wire.listTables(test);
    const signedAt = parseTimestamp(request.headers['x-amz-date']!)!;
    const late = authenticator('loopback', () => signedAt + 600_000);
    await expect(late.authenticate(request, dynamodb)).rejects.toThrow(
      /^Signature expired: \w+Z is now earlier than \w+Z \(\w+Z - 5 min\.\)$/,
    );
  });
});

describe('a credential scope', () => {
  const text = "Credential should be scoped to correct service: 'dynamodb'. ";

  it('must name the service that is called', async () => {
    const request = await wire.callerIdentity(test);
    await expect(authenticator().authenticate(request, dynamodb)).rejects.toThrow(text);
    expect(await authenticator().authenticate(request, sts)).toEqual(root);
  });

  it.each([
    ['/us-east-1/', '/Mars/', 'InvalidSignatureException'],
    ['aws4_request', 'aws4', 'InvalidSignatureException'],
    ['Credential=test/20', 'Credential=test/19', 'InvalidSignatureException'],
    ['Credential=test/', 'Credential=', 'IncompleteSignatureException'],
    ['Credential=', 'Credentials=', 'IncompleteSignatureException'],
    ['Signature=', 'Sign=', 'IncompleteSignatureException'],
    ['SignedHeaders=', 'Headers=', 'IncompleteSignatureException'],
    ['SignedHeaders=', 'SignedHeaders=nohost;', 'InvalidSignatureException'],
    ['AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256', 'IncompleteSignatureException'],
    ['AWS4-HMAC-SHA256', 'Bearer', 'MissingAuthenticationTokenException'],
  ])('with %s made %s is refused', async (part, other, code) => {
    const request = await wire.listTables(test);
    const authorization = request.headers['authorization']!.replace(part, other);
    const headers = { ...request.headers, authorization };
    const result = authenticator().authenticate({ ...request, headers }, dynamodb);
    expect((await errorOf(result)).code).toBe(code);
  });
});
