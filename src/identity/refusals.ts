import type { ProtocolName } from '../models/model.ts';
import { AwsError } from '../kernel/aws-error.ts';

/** Services that word a refused signature alike. */
export type Family = 'json' | 'rest-json' | 'query' | 'ec2' | 's3';

export function familyOf(signingName: string, protocol: ProtocolName): Family {
  if (signingName === 's3') return 's3';
  if (protocol === 'ec2-query') return 'ec2';
  if (protocol === 'aws-query' || protocol === 'rest-xml') return 'query';
  return protocol === 'rest-json' ? 'rest-json' : 'json';
}

/** What can be wrong with who a request says it is from. */
export type Refusal =
  /** It is not signed at all. */
  | 'unsigned'
  /** Parts of the signature are missing or cannot be read: in the header, in the query. */
  | 'incomplete'
  | 'incompleteUrl'
  /** Signed by an algorithm that is not understood. */
  | 'algorithm'
  | 'unknownKey'
  | 'badToken'
  | 'expiredToken'
  /** Signed for another service, region or day: in the header, in the query. */
  | 'scope'
  | 'scopeOfUrl'
  /** Signed too long ago, or in the future, by the server's clock. */
  | 'expired'
  | 'early'
  /** A presigned URL is used after the time its maker gave it. */
  | 'expiredUrl'
  | 'mismatch';

type Words = readonly [code: string, status: number, text?: string];

const noToken = 'Request is missing Authentication Token';
const badToken = 'The security token included in the request is invalid.';
const expiredToken = 'The security token included in the request is expired';
const mismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

/**
 * As the JSON services say it. A refusal without a text of its own gets one from whoever refuses.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/CommonErrors.html
 */
const json: Record<Refusal, Words> = {
  unsigned: ['MissingAuthenticationTokenException', 400, noToken],
  incomplete: ['IncompleteSignatureException', 400],
  incompleteUrl: ['IncompleteSignatureException', 400],
  algorithm: ['IncompleteSignatureException', 400],
  unknownKey: ['UnrecognizedClientException', 400, badToken],
  badToken: ['UnrecognizedClientException', 400, badToken],
  expiredToken: ['ExpiredTokenException', 400, expiredToken],
  scope: ['InvalidSignatureException', 400],
  scopeOfUrl: ['InvalidSignatureException', 400],
  expired: ['InvalidSignatureException', 400],
  early: ['InvalidSignatureException', 400],
  expiredUrl: ['InvalidSignatureException', 400],
  mismatch: ['InvalidSignatureException', 400, mismatch],
};

/** https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html */
const query: Record<Refusal, Words> = {
  unsigned: ['MissingAuthenticationToken', 403, noToken],
  incomplete: ['IncompleteSignature', 400],
  incompleteUrl: ['IncompleteSignature', 400],
  algorithm: ['IncompleteSignature', 400],
  unknownKey: ['InvalidClientTokenId', 403, badToken],
  badToken: ['InvalidClientTokenId', 403, badToken],
  expiredToken: ['ExpiredToken', 403, expiredToken],
  scope: ['SignatureDoesNotMatch', 403],
  scopeOfUrl: ['SignatureDoesNotMatch', 403],
  expired: ['SignatureDoesNotMatch', 403],
  early: ['SignatureDoesNotMatch', 403],
  expiredUrl: ['SignatureDoesNotMatch', 403],
  mismatch: ['SignatureDoesNotMatch', 403, mismatch],
};

const authFailure: Words = [
  'AuthFailure',
  401,
  'AWS was not able to validate the provided access credentials',
];
const requestExpired: Words = ['RequestExpired', 400, 'Request has expired.'];

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
const ec2: Record<Refusal, Words> = {
  unsigned: ['MissingParameter', 400, 'The request must contain the parameter AWSAccessKeyId'],
  incomplete: ['IncompleteSignature', 400],
  incompleteUrl: ['IncompleteSignature', 400],
  algorithm: ['IncompleteSignature', 400],
  unknownKey: authFailure,
  badToken: authFailure,
  expiredToken: requestExpired, // EC2 tells an expired session so, too
  scope: authFailure,
  scopeOfUrl: authFailure,
  expired: authFailure, // what EC2 answers to a clock that is wrong
  early: authFailure,
  expiredUrl: requestExpired,
  mismatch: authFailure,
};

const tooSkewed: Words = [
  'RequestTimeTooSkewed',
  403,
  'The difference between the request time and the current time is too large.',
];

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const s3: Record<Refusal, Words> = {
  unsigned: ['AccessDenied', 403, 'Access Denied'],
  incomplete: ['AuthorizationHeaderMalformed', 400],
  incompleteUrl: ['AuthorizationQueryParametersError', 400],
  algorithm: [
    'InvalidRequest',
    400,
    'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
  ],
  unknownKey: [
    'InvalidAccessKeyId',
    403,
    'The AWS Access Key Id you provided does not exist in our records.',
  ],
  badToken: ['InvalidToken', 400, 'The provided token is malformed or otherwise invalid.'],
  expiredToken: ['ExpiredToken', 400, 'The provided token has expired.'],
  scope: ['AuthorizationHeaderMalformed', 400],
  scopeOfUrl: ['AuthorizationQueryParametersError', 400],
  expired: tooSkewed,
  early: tooSkewed,
  expiredUrl: ['AccessDenied', 403, 'Request has expired'],
  mismatch: [
    'SignatureDoesNotMatch',
    403,
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  ],
};

const words: Record<Family, Record<Refusal, Words>> = {
  json,
  'rest-json': json,
  query,
  ec2,
  s3,
};

/**
 * A refusal in the words of the family.
 *
 * @param detail what is wrong, where the family has no fixed text for it
 * @param members further members of the error, which only S3 has
 */
export function refuse(
  family: Family,
  refusal: Refusal,
  detail = '',
  members: Readonly<Record<string, unknown>> = {},
): AwsError {
  const [code, usual, text = detail] = words[family][refusal];
  const status = family === 'rest-json' ? 403 : usual;
  return new AwsError(code, text, family === 's3' ? { status, members } : { status });
}
