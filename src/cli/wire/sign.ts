import { canonicalRequest, sha256, signingKey, stringToSign } from '../../identity/signature.ts';
import { formatTimestamp } from '../../identity/timestamp.ts';
import type { UnsignedRequest } from './encode.ts';

/** Who signs. */
export interface SigningIdentity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Where a signature is good. */
export interface SigningTarget {
  readonly host: string;
  readonly region: string;
  /** The service's signing name, e.g. `ec2`. */
  readonly service: string;
}

/** The headers of a request with its signature, version 4, among them. */
export function signedHeaders(
  request: UnsignedRequest,
  { host, region, service }: SigningTarget,
  { accessKeyId, secretAccessKey, sessionToken }: SigningIdentity,
  nowMs: number,
): Record<string, string> {
  const time = formatTimestamp(nowMs);
  const payloadHash = sha256(request.body);
  const headers: Record<string, string> = {
    ...request.headers,
    host,
    'x-amz-date': time,
    ...(service === 's3' && { 'x-amz-content-sha256': payloadHash }),
    ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
  };
  const names = Object.keys(headers).toSorted().join(';');
  const canonical = canonicalRequest(
    { ...request, headers },
    { signedHeaders: names, payloadHash, pathEncoding: service === 's3' ? 'single' : 'double' },
  );
  const scope = { date: time.slice(0, 8), region, service };
  const text = stringToSign(time, scope, canonical);
  const signature = signingKey(secretAccessKey, scope).sign(text);
  const credential = `${accessKeyId}/${scope.date}/${region}/${service}/aws4_request`;
  headers['authorization'] =
    `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`;
  return headers;
}
