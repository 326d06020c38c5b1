import { isUtf8 } from 'node:buffer';
import { AwsError } from '../../kernel/aws-error.ts';
import { isFields, maxDepth } from './shapes.ts';

/** AWS's answer to bytes that cannot be what the operation takes. */
export function serializationException(message = ''): AwsError {
  return new AwsError('SerializationException', message);
}

/** Parses JSON out of bytes; what is no UTF-8, no JSON or nested too deeply is refused. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (!isUtf8(buffer)) throw serializationException();
    const value: unknown = JSON.parse(buffer.toString());
    if (mayBeDeep(bytes)) refuseDepth(value);
    return value;
  } catch (error) {
    if (error instanceof AwsError) throw error;
    throw serializationException();
  }
}

/** Most bodies open fewer brackets in all than may be open at once. */
function mayBeDeep(bytes: Uint8Array): boolean {
  let opened = 0;
  // By index: an iterator is slower, and this is on the way of every request. `[` and `{` differ in the bit 0x20 only.
  for (let i = 0; i < bytes.length; i++) {
    if ((bytes[i]! & 0xdf) === 0x5b && ++opened > maxDepth) return true;
  }
  return false;
}

/** Level by level, so that no input is deep enough to exhaust the stack. */
export function refuseDepth(root: unknown): void {
  let level = containersIn([root]);
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) throw serializationException('Nesting is too deep');
    level = level.flatMap((container) => containersIn(Object.values(container)));
  }
}

function containersIn(values: unknown[]): object[] {
  return values.filter((value): value is object => isFields(value) || Array.isArray(value));
}
