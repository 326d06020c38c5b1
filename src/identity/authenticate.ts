import type { HttpRequest, RequestHead } from '../gateway/http/message.ts';
import { AwsError } from '../kernel/aws-error.ts';
import type { Caller } from '../kernel/caller.ts';
import type { Clock } from '../kernel/clock.ts';
import type { ProtocolName } from '../models/model.ts';
import { claimOf, s3Prefix, type Claim } from './claim.ts';
import type { Credential, Credentials } from './credentials.ts';
import { familyOf, refuse, type Family } from './refusals.ts';
import { canonicalRequest, sha256, SigningKeys, stringToSign, verifies } from './signature.ts';
import { formatTimestamp } from './timestamp.ts';

/** What a request is for, as far as its signature is concerned. */
export interface Target {
  /** The service's name in signatures, e.g. `dynamodb`. */
  readonly signingName: string;
  /** What refusals are worded by. */
  readonly protocol: ProtocolName;
}

export interface AuthenticatorOptions {
  readonly credentials: Credentials;
  /** Cloud time, by which temporary credentials expire. */
  readonly clock: Pick<Clock, 'now'>;
  /**
   * What a signature's time is compared with: the host's clock, as clients sign by theirs, which
   * does not move along when the cloud's is moved.
   */
  readonly clientClock?: Pick<Clock, 'now'>;
}

/** Finds out who sent a request, by its signature (version 4, in the header or in the URL). */
export class Authenticator {
  readonly #credentials: Credentials;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #clientClock: Pick<Clock, 'now'>;
  readonly #keys = new SigningKeys();

  constructor({ credentials, clock, clientClock = { now: Date.now } }: AuthenticatorOptions) {
    this.#credentials = credentials;
    this.#clock = clock;
    this.#clientClock = clientClock;
  }

  /**
   * The caller, in the region that the signature names. S3's `STREAMING-…` bodies carry signatures
   * of their own, which are for whoever decodes them to check.
   *
   * @throws AwsError in the words of the target's family of services
   */
  async authenticate(request: HttpRequest, target: Target): Promise<Caller> {
    const family = familyOf(target.signingName, target.protocol);
    const claim = claimOf(request, family);
    const { accessKeyId, scope } = claim.key;
    const standing = await this.#credentials.standing(accessKeyId);
    if (!standing) throw refuse(family, 'unknownKey', '', { AWSAccessKeyId: accessKeyId });
    checkScope(claim, target, family);
    const { region } = scope;
    if ('trusted' in standing) return { region, ...standing.trusted };

    const { account, principal } = standing.known;
    this.#checkToken(claim, standing.known, family);
    checkTime(claim, this.#clientClock.now(), family, target.signingName);
    this.#checkSignature(request, claim, standing.known, family);
    return { account, principal, region };
  }

  #checkToken(claim: Claim, credential: Credential, family: Family): void {
    const { sessionToken, expiresAtMs } = credential;
    // A long-term key's token is ignored: clients are set up with AWS_SESSION_TOKEN=test, too.
    if (sessionToken === undefined) return;
    if (claim.sessionToken === undefined) throw refuse(family, 'unknownKey');
    if (sha256(claim.sessionToken) !== sha256(sessionToken)) throw refuse(family, 'badToken');
    if (expiresAtMs !== undefined && expiresAtMs <= this.#clock.now()) {
      throw refuse(family, 'expiredToken');
    }
  }

  #checkSignature(
    request: HttpRequest,
    claim: Claim,
    { accessKeyId, secretAccessKey }: Credential,
    family: Family,
  ): void {
    const { signedHeaders, key: claimed } = claim;
    checkSignedHeaders(request, signedHeaders, family);
    const payloadHash = payloadHashOf(request, claim, family);
    const pathEncoding = family === 's3' ? 'single' : 'double';
    const canonical = canonicalRequest(request, { signedHeaders, payloadHash, pathEncoding });
    const text = stringToSign(claim.timestamp, claimed.scope, canonical);
    const key = this.#keys.get(claimed.credential, secretAccessKey, claimed.scope);
    if (!verifies(claim.signature, key, text)) {
      throw refuse(family, 'mismatch', '', {
        AWSAccessKeyId: accessKeyId,
        StringToSign: text,
        SignatureProvided: claim.signature,
        CanonicalRequest: canonical,
      });
    }
    if (family === 's3') checkS3Body(request.body, payloadHash);
  }
}

/** In the order in which AWS looks at it: terminator, service, region, day. */
function checkScope(claim: Claim, { signingName }: Target, family: Family): void {
  const { scope, terminator } = claim.key;
  const inUrl = claim.url !== undefined;
  const wrong = (text: string, s3Text: string): AwsError =>
    refuse(
      family,
      inUrl ? 'scopeOfUrl' : 'scope',
      family === 's3' ? `${s3Prefix(inUrl)}${s3Text}` : text,
    );
  if (terminator !== 'aws4_request') {
    throw wrong(
      `Credential should be scoped with a valid terminator: 'aws4_request', not '${terminator}'. `,
      `incorrect terminal "${terminator}". This endpoint uses "aws4_request".`,
    );
  }
  if (scope.service !== signingName) {
    throw wrong(
      `Credential should be scoped to correct service: '${signingName}'. `,
      `incorrect service "${scope.service}". This endpoint belongs to "${signingName}".`,
    );
  }
  if (!isRegion(scope.region)) {
    throw wrong(
      'Credential should be scoped to a valid region. ',
      `the region '${scope.region}' is wrong; expecting 'us-east-1'`,
    );
  }
  const day = claim.timestamp.slice(0, 8);
  if (scope.date !== day) {
    throw wrong(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scope.date}' != '${day}', from '${claim.timestamp}'.`,
      `Invalid credential date "${scope.date}". This date is not the same as X-Amz-Date: "${day}".`,
    );
  }
}

/** Whether a name has the form of a region's, e.g. `us-gov-west-1`; AWS adds new ones every year. */
function isRegion(name: string): boolean {
  return name.length <= 32 && /^[a-z]{2,5}(?:-[a-z]{2,12}){1,3}-\d{1,2}$/.test(name);
}

const minuteMs = 60_000;
const patient = new Set(['s3', 'sts', 'iam']);

function checkTime(claim: Claim, nowMs: number, family: Family, signingName: string): void {
  const skewMs = (patient.has(signingName) ? 15 : 5) * minuteMs;
  const lastsMs = claim.url ? claim.url.expiresSeconds * 1000 : skewMs;
  if (claim.signedAtMs + lastsMs < nowMs) {
    const limit = formatTimestamp(nowMs - lastsMs);
    const margin = `${formatTimestamp(nowMs)} - ${Math.ceil(lastsMs / minuteMs)} min.`;
    const detail = `Signature expired: ${claim.timestamp} is now earlier than ${limit} (${margin})`;
    const members = {
      Expires: new Date(claim.signedAtMs + lastsMs).toISOString(),
      ...skewMembers(claim, nowMs, skewMs),
    };
    throw refuse(family, claim.url ? 'expiredUrl' : 'expired', detail, members);
  }
  if (claim.signedAtMs > nowMs + skewMs) {
    const limit = formatTimestamp(nowMs + skewMs);
    const margin = `${formatTimestamp(nowMs)} + ${skewMs / minuteMs} min.`;
    const detail = `Signature not yet current: ${claim.timestamp} is still later than ${limit} (${margin})`;
    throw refuse(family, 'early', detail, skewMembers(claim, nowMs, skewMs));
  }
}

function skewMembers(claim: Claim, nowMs: number, skewMs: number): Record<string, unknown> {
  return {
    RequestTime: claim.timestamp,
    ServerTime: new Date(nowMs).toISOString(),
    MaxAllowedSkewMilliseconds: skewMs,
  };
}

/** Nothing that decides where a request goes, or what S3 does with it, may be added by others. */
function checkSignedHeaders({ headers }: RequestHead, signed: string, family: Family): void {
  const names = `;${signed};`;
  const hostIsSigned = names.includes(';host;');
  if (family !== 's3') {
    if (hostIsSigned) return;
    const detail = "'Host' must be a 'SignedHeader' in the AWS Authorization. ";
    throw refuse(family, 'scope', detail);
  }
  const missing = hostIsSigned ? [] : ['host'];
  for (const name in headers) {
    const free = name === 'x-amz-content-sha256' || !name.startsWith('x-amz-');
    if (!free && !names.includes(`;${name};`)) missing.push(name);
  }
  if (missing.length === 0) return;
  throw new AwsError(
    'AccessDenied',
    'There were headers present in the request which were not signed',
    { status: 403, members: { HeadersNotSigned: missing.join(', ') } },
  );
}

const isHash = /^[0-9a-f]{64}$/;
const standIn =
  /^(?:UNSIGNED-PAYLOAD|STREAMING-(?:UNSIGNED-PAYLOAD-TRAILER|AWS4-HMAC-SHA256-(?:PAYLOAD|EVENTS)(?:-TRAILER)?))$/;

function payloadHashOf({ headers, body }: HttpRequest, { url }: Claim, family: Family): string {
  if (family !== 's3') return sha256(body);
  const declared = headers['x-amz-content-sha256'] ?? url?.payloadHash;
  if (declared === undefined) {
    if (url) return 'UNSIGNED-PAYLOAD';
    throw new AwsError(
      'InvalidRequest',
      'Missing required header for this request: x-amz-content-sha256',
    );
  }
  if (isHash.test(declared) || standIn.test(declared)) return declared;
  throw new AwsError(
    'InvalidArgument',
    'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.',
    { members: { ArgumentName: 'x-amz-content-sha256', ArgumentValue: declared } },
  );
}

function checkS3Body(body: Uint8Array, declared: string): void {
  if (!isHash.test(declared)) return;
  const computed = sha256(body);
  if (computed === declared) return;
  throw new AwsError(
    'XAmzContentSHA256Mismatch',
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
    {
      members: { ClientComputedContentSHA256: declared, S3ComputedContentSHA256: computed },
    },
  );
}
