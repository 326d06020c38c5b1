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
    if (isTooDeep(buffer)) throw serializationException('Nesting is too deep');
    return value;
  } catch (error) {
    if (error instanceof AwsError) throw error;
    throw serializationException();
  }
}

/**
 * Whether lists and maps stand too deep in each other, in JSON that has been parsed: so a bracket
 * is one unless it is inside a string. By index, as an iterator is slower and this is on the way
 * of every request. `[` and `{` differ in the bit 0x20 only, and so do `]` and `}`.
 */
function isTooDeep(json: Uint8Array): boolean {
  let open = 0;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at]!;
    if (byte === QUOTE) at = endOfString(json, at);
    else if ((byte & 0xdf) === 0x5b) {
      open += 1;
      if (open > maxDepth + 1) return true;
    } else if ((byte & 0xdf) === 0x5d) open -= 1;
  }
  return false;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Where the quote is that ends the string which the one at `start` begins. */
function endOfString(json: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1;
  return at;
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
