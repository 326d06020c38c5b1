import type { HttpRequest } from './http/message.ts';

/** What a signature says the request is for, before anybody has checked it. */
export interface CredentialScope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

const credential = /^([^/]+)\/\d{8}\/([^/]*)\/([^/]+)\/aws4_request$/;

/** The scope of a signature in the Authorization header or in a presigned URL. */
export function credentialScope(request: HttpRequest): CredentialScope | undefined {
  const match = credential.exec(credentialOf(request) ?? '');
  return match ? { accessKeyId: match[1]!, region: match[2]!, service: match[3]! } : undefined;
}

function credentialOf({ headers, query }: HttpRequest): string | undefined {
  const { authorization } = headers;
  if (authorization !== undefined) {
    return /\bCredential=([^,\s]+)/.exec(authorization.slice(0, 4096))?.[1];
  }
  const parameter = /(?:^|&)X-Amz-Credential=([^&]*)/i.exec(query)?.[1];
  try {
    return parameter === undefined ? undefined : decodeURIComponent(parameter);
  } catch {
    return undefined;
  }
}
