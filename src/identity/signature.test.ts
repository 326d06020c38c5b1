import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { RequestHead } from '../gateway/http/message.ts';
import {
  canonicalRequest,
  sha256,
  SigningKeys,
  signingKey,
  stringToSign,
  uriEncode,
  verifies,
} from './signature.ts';

// AWS's public example: IAM's ListUsers on 30 August 2015.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const scope = { date: '20150830', region: 'us-east-1', service: 'iam' };
const listUsers: RequestHead = {
  method: 'GET',
  path: '/',
  query: 'Action=ListUsers&Version=2010-05-08',
  headers: {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    host: 'iam.amazonaws.com',
    'x-amz-date': '20150830T123600Z',
  },
};
const coverage = {
  signedHeaders: 'content-type;host;x-amz-date',
  payloadHash: sha256(''),
  pathEncoding: 'double',
} as const;

describe("AWS's ListUsers example", () => {
  const canonical = canonicalRequest(listUsers, coverage);
  const text = stringToSign('20150830T123600Z', scope, canonical);

  it('has the published canonical request', () => {
    expect(sha256(canonical)).toBe(
      'f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59',
    );
  });

  it('has the published signing key', () => {
    const published = 'c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9';
    const key = signingKey(secret, scope);
    for (const signed of ['', 'text', 'é'.repeat(1000)]) {
      const hmac = createHmac('sha256', Buffer.from(published, 'hex')).update(signed, 'latin1');
      expect(key.sign(signed)).toBe(hmac.digest('hex'));
    }
  });

  it('has the published signature, and no other', () => {
    const key = signingKey(secret, scope);
    const signature = '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7';
    expect(verifies(signature, key, text)).toBe(true);
    expect(verifies(signature.replace('5', '6'), key, text)).toBe(false);
    expect(verifies(signature.toUpperCase(), key, text)).toBe(false);
    expect(verifies('', key, text)).toBe(false);
  });
});

describe("S3's GET Object example", () => {
  // https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
  it('has the published signature', () => {
    const request: RequestHead = {
      method: 'GET',
      path: '/test.txt',
      query: '',
      headers: {
        host: 'examplebucket.s3.amazonaws.com',
        range: 'bytes=0-9',
        'x-amz-content-sha256': sha256(''),
        'x-amz-date': '20130524T000000Z',
      },
    };
    const canonical = canonicalRequest(request, {
      signedHeaders: 'host;range;x-amz-content-sha256;x-amz-date',
      payloadHash: sha256(''),
      pathEncoding: 'single',
    });
    const s3 = { date: '20130524', region: 'us-east-1', service: 's3' };
    const text = stringToSign('20130524T000000Z', s3, canonical);
    const signature = 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41';
    // That page's secret differs from IAM's in one character.
    const s3Secret = secret.replace('+', '/');
    expect(verifies(signature, signingKey(s3Secret, s3), text)).toBe(true);
  });
});

function lineOf(line: number, changed: Partial<RequestHead>, pathEncoding: 'single' | 'double') {
  const request = { ...listUsers, ...changed };
  return canonicalRequest(request, { ...coverage, pathEncoding }).split('\n')[line];
}

describe('the canonical request', () => {
  it.each([
    ['/', '/', '/'],
    ['/a/./b/../c/', '/a/c/', '/a/./b/../c/'],
    ['//a//b', '/a/b', '//a//b'],
    ['/../..', '/', '/../..'],
    ['/a%20b', '/a%2520b', '/a%20b'],
    ['/a%2fb', '/a%252fb', '/a%2Fb'],
    ["/it's(1)!", '/it%27s%281%29%21', '/it%27s%281%29%21'],
    ['/100%', '/100%25', '/100%25'],
  ])('of path %s has %s, for S3 %s', (path, double, single) => {
    expect(lineOf(1, { path }, 'double')).toBe(double);
    expect(lineOf(1, { path }, 'single')).toBe(single);
  });

  it.each([
    ['', ''],
    ['b=2&a=1&a=0', 'a=0&a=1&b=2'],
    ['acl', 'acl='],
    ['a=x+y', 'a=x%20y'],
    ['a=%7e%2F', 'a=~%2F'],
    ['&&a=1&', 'a=1'],
    ['a=1=2', 'a=1%3D2'],
    ['A=1&X-Amz-Signature=00', 'A=1'],
    ['a=%ff', 'a=%25ff'],
  ])('of query %j has %j', (query, canonical) => {
    expect(lineOf(2, { query }, 'double')).toBe(canonical);
  });

  it('trims header values and folds their spaces', () => {
    const headers = { ...listUsers.headers, host: '  a   b ' };
    expect(lineOf(4, { headers }, 'double')).toBe('host:a b');
  });
});

it('takes signed headers that were not sent as empty, whatever they are called', () => {
  const signedHeaders = 'constructor;host';
  const canonical = canonicalRequest(listUsers, { ...coverage, signedHeaders });
  expect(canonical).toContain('\nconstructor:\nhost:iam.amazonaws.com\n');
});

it('derives a key anew when its secret has changed', () => {
  const keys = new SigningKeys();
  const first = keys.get('A', 'one', scope);
  expect(keys.get('A', 'one', scope)).toBe(first);
  expect(keys.get('A', 'two', scope).sign('text')).toBe(signingKey('two', scope).sign('text'));
  expect(first.sign('text')).toBe(signingKey('one', scope).sign('text'));
  expect(first.sign('text')).not.toBe(signingKey('two', scope).sign('text'));
});

it('encodes all but the unreserved characters', () => {
  expect(uriEncode("aZ09-._~ /!'()*é")).toBe('aZ09-._~%20%2F%21%27%28%29%2A%C3%A9');
});
