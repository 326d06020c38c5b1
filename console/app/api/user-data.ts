import type { Call } from './call.ts';

/**
 * The input as the AWS CLI and boto3 take it. EC2 wants user data in base64 on the wire, where the
 * JavaScript SDK takes it so; those two encode it themselves.
 */
export function forSmartClients({ service, operation, input }: Call): object {
  const encoded = (input as { UserData?: unknown }).UserData;
  if (service !== 'ec2' || operation !== 'RunInstances' || typeof encoded !== 'string') {
    return input;
  }
  return { ...input, UserData: decodeUserData(encoded) };
}

export function encodeUserData(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

export function decodeUserData(encoded: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(encoded), (byte) => byte.charCodeAt(0)));
}
