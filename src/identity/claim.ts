import type { RequestHead } from '../gateway/http/message.ts';
import { AwsError } from '../kernel/aws-error.ts';
import { refuse, type Family } from './refusals.ts';
import { queryPairs, type Scope } from './signature.ts';
import { formatTimestamp, parseTimestamp } from './timestamp.ts';

/** What a request says of its sender, read but not believed yet. */
export interface Claim {
  readonly key: ClaimedKey;
  readonly signedHeaders: string;
  readonly signature: string;
  /** `YYYYMMDDTHHMMSSZ` */
  readonly timestamp: string;
  readonly signedAtMs: number;
  readonly sessionToken: string | undefined;
  /** Presigned URLs only: the payload hash in the query, and how long the URL is good. */
  readonly url?: { readonly payloadHash: string | undefined; readonly expiresSeconds: number };
}

/** A credential: which key signed, and what for. */
interface ClaimedKey {
  /** All of it, as the client wrote it. */
  readonly credential: string;
  readonly accessKeyId: string;
  readonly scope: Scope;
  /** The scope's end; always `aws4_request`. */
  readonly terminator: string;
}

const algorithm = 'AWS4-HMAC-SHA256';

/**
 * Reads the signature out of the Authorization header or the query.
 *
 * @throws AwsError where there is none, two, or one that cannot be read
 */
export function claimOf(request: RequestHead, family: Family): Claim {
  const authorization = request.headers['authorization'];
  const signedUrl = request.query.includes('X-Amz-');
  const fields = signedUrl ? queryFields(request.query) : undefined;
  if (authorization === undefined) {
    if (fields) return claimOfUrl(fields, family);
    // Signature version 2 in the query.
    if (request.query.includes('AWSAccessKeyId=')) throw unsupported(family, 'AWS2-HMAC');
    throw refuse(family, 'unsigned');
  }
  if (fields?.has('X-Amz-Algorithm')) throw signedTwice(family);
  return claimOfHeader(authorization, request.headers, family);
}

function claimOfHeader(
  authorization: string,
  headers: RequestHead['headers'],
  family: Family,
): Claim {
  const space = authorization.indexOf(' ');
  const scheme = space < 0 ? authorization : authorization.slice(0, space);
  if (scheme !== algorithm) {
    if (scheme.startsWith('AWS')) throw unsupported(family, scheme);
    throw refuse(family, family === 's3' ? 'algorithm' : 'unsigned');
  }
  const { credential, signature, signedHeaders } = headerFields(authorization, scheme.length);
  const sent = headers['x-amz-date'] ?? headers['date'];
  if (!credential || !signature || !signedHeaders || !sent) {
    throw incompleteHeader(family, { credential, signature, signedHeaders, sent }, authorization);
  }
  const key = keyOf(credential, family, false);
  const { timestamp, signedAtMs } = timeOf(sent, family);
  const sessionToken = headers['x-amz-security-token'];
  return { key, signedHeaders, signature, timestamp, signedAtMs, sessionToken };
}

function claimOfUrl(fields: ReadonlyMap<string, string>, family: Family): Claim {
  const scheme = fields.get('X-Amz-Algorithm');
  const credential = fields.get('X-Amz-Credential');
  const signature = fields.get('X-Amz-Signature');
  const signedHeaders = fields.get('X-Amz-SignedHeaders');
  const sent = fields.get('X-Amz-Date');
  const expires = fields.get('X-Amz-Expires');
  const incomplete = !scheme || !credential || !signature || !signedHeaders || !sent;
  if (incomplete || (family === 's3' && !expires)) throw incompleteUrl(family, fields);
  if (scheme !== algorithm) throw unsupported(family, scheme);
  return {
    key: keyOf(credential, family, true),
    signature,
    signedHeaders,
    ...timeOf(sent, family),
    sessionToken: fields.get('X-Amz-Security-Token'),
    url: {
      payloadHash: fields.get('X-Amz-Content-Sha256'),
      expiresSeconds: secondsOf(expires ?? '900', family),
    },
  };
}

function headerFields(authorization: string, from: number): Omit<HeaderParts, 'sent'> {
  let credential: string | undefined;
  let signature: string | undefined;
  let signedHeaders: string | undefined;
  for (const field of authorization.slice(from).split(',')) {
    const text = field.trim();
    if (text.startsWith('Credential=')) credential = text.slice(11);
    else if (text.startsWith('SignedHeaders=')) signedHeaders = text.slice(14);
    else if (text.startsWith('Signature=')) signature = text.slice(10);
  }
  return { credential, signature, signedHeaders };
}

function queryFields(query: string): Map<string, string> | undefined {
  const fields = new Map<string, string>();
  for (const [name, value] of queryPairs(query)) {
    if (name.startsWith('X-Amz-') && !fields.has(name)) fields.set(name, value);
  }
  const signed = ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Signature'];
  return signed.some((name) => fields.has(name)) ? fields : undefined;
}

type Five = [string, string, string, string, string];

const keptCredentials = 1000;
/** Few keys sign most requests, and all of a day's to a service in a region say the same. */
const credentials = new Map<string, ClaimedKey>();

function keyOf(credential: string, family: Family, inUrl: boolean): ClaimedKey {
  const known = credentials.get(credential);
  if (known) return known;
  // A copy, as a part of a request's text would keep all of that in memory.
  const key = readCredential(Buffer.from(credential).toString(), family, inUrl);
  if (credentials.size >= keptCredentials) credentials.clear();
  if (credential.length < 256) credentials.set(key.credential, key);
  return key;
}

function readCredential(credential: string, family: Family, inUrl: boolean): ClaimedKey {
  const parts = credential.split('/');
  if (parts.length !== 5 || parts.includes('')) {
    const detail =
      family === 's3'
        ? `${s3Prefix(inUrl)}the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".`
        : `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`;
    throw refuse(family, inUrl ? 'incompleteUrl' : 'incomplete', detail);
  }
  const [accessKeyId, date, region, service, terminator] = parts as Five;
  return { credential, accessKeyId, scope: { date, region, service }, terminator };
}

function timeOf(sent: string, family: Family): Pick<Claim, 'timestamp' | 'signedAtMs'> {
  const exact = parseTimestamp(sent);
  if (exact !== undefined) return { timestamp: sent, signedAtMs: exact };
  // The Date header may say it in HTTP's way.
  const signedAtMs = /^[A-Z][a-z]{2}, .* GMT$/.test(sent) ? Date.parse(sent) : Number.NaN;
  if (Number.isNaN(signedAtMs)) {
    if (family === 's3') throw noS3Date();
    throw refuse(
      family,
      'incomplete',
      `Date must be in ISO-8601 'basic format'. Got '${sent}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    );
  }
  return { timestamp: formatTimestamp(signedAtMs), signedAtMs };
}

const weekSeconds = 604_800;

function secondsOf(expires: string, family: Family): number {
  const seconds = /^-?\d{1,12}$/.test(expires) ? Number(expires) : Number.NaN;
  if (Number.isNaN(seconds)) {
    throw refuse(family, 'incompleteUrl', 'X-Amz-Expires should be a number');
  }
  if (seconds < 0) throw refuse(family, 'incompleteUrl', 'X-Amz-Expires must be non-negative');
  if (seconds > weekSeconds) {
    throw refuse(
      family,
      'incompleteUrl',
      'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds',
    );
  }
  return seconds;
}

/** How S3 begins a complaint about a credential. */
export function s3Prefix(inUrl: boolean): string {
  return inUrl
    ? 'Error parsing the X-Amz-Credential parameter; '
    : 'The authorization header is malformed; ';
}

interface HeaderParts {
  readonly credential: string | undefined;
  readonly signature: string | undefined;
  readonly signedHeaders: string | undefined;
  readonly sent: string | undefined;
}

function incompleteHeader(family: Family, parts: HeaderParts, authorization: string): AwsError {
  if (family === 's3') {
    if (parts.credential && parts.signature && parts.signedHeaders) return noS3Date();
    return refuse(
      family,
      'incomplete',
      `${s3Prefix(false)}the authorization header requires three components: Credential, SignedHeaders, and Signature.`,
    );
  }
  const complaints = [
    parts.credential ? '' : "Authorization header requires 'Credential' parameter. ",
    parts.signature ? '' : "Authorization header requires 'Signature' parameter. ",
    parts.signedHeaders ? '' : "Authorization header requires 'SignedHeaders' parameter. ",
    parts.sent
      ? ''
      : "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ",
  ];
  return refuse(family, 'incomplete', `${complaints.join('')}Authorization=${authorization}`);
}

function incompleteUrl(family: Family, fields: ReadonlyMap<string, string>): AwsError {
  if (family === 's3') {
    return refuse(
      family,
      'incompleteUrl',
      'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
    );
  }
  const required = ['Algorithm', 'Credential', 'Signature', 'SignedHeaders', 'Date'];
  const complaints = required
    .filter((name) => !fields.get(`X-Amz-${name}`))
    .map((name) => `AWS query-string parameters must include 'X-Amz-${name}'. `);
  return refuse(
    family,
    'incompleteUrl',
    `${complaints.join('')}Re-examine the query-string parameters.`,
  );
}

function unsupported(family: Family, scheme: string): AwsError {
  return refuse(family, 'algorithm', `Unsupported AWS 'algorithm': '${scheme}'. `);
}

function signedTwice(family: Family): AwsError {
  if (family === 's3') {
    return new AwsError(
      'InvalidArgument',
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
      { members: { ArgumentName: 'Authorization' } },
    );
  }
  return refuse(
    family,
    'scope',
    "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
  );
}

function noS3Date(): AwsError {
  return new AwsError(
    'AccessDenied',
    'AWS authentication requires a valid Date or x-amz-date header',
    { status: 403 },
  );
}
