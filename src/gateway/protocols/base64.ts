const alphabet = /^[A-Za-z0-9+/]*={0,2}$/;

/** @returns undefined for text that is not base64 with its padding */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !alphabet.test(text)) return undefined;
  return plainBytes(Buffer.from(text, 'base64'));
}

/** The same bytes without Buffer's ways, which differ in JSON and in `slice`. */
export function plainBytes({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** The bytes of a blob that a handler gave, which may be text. */
export function blobBytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'string') return Buffer.from(value);
  throw new TypeError('a blob in an output is neither bytes nor text');
}
