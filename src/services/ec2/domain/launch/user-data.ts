import * as errors from '../../errors.ts';

const MAX_BYTES = 16_384;

/**
 * Checks user data, which is base64 on the wire.
 *
 * @throws InvalidParameterValue
 */
export function checkUserData(base64: string | undefined): string | undefined {
  if (!base64) return undefined;
  const text = base64.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.replace(/=+$/, '').length % 4 === 1) {
    throw errors.invalidParameter('Invalid BASE64 encoding of user data.');
  }
  const { length } = Buffer.from(text, 'base64');
  if (length > MAX_BYTES) {
    throw errors.invalidParameter(`User data is limited to ${MAX_BYTES} bytes`);
  }
  return text;
}
