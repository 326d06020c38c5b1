import { AwsError } from '../../kernel/aws-error.ts';
import { isFields, maxDepth } from './shapes.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** AWS's answer to bytes that cannot be what the operation takes. */
export function serializationException(message = ''): AwsError {
  return new AwsError('SerializationException', message);
}

/** Parses JSON out of bytes; what is no UTF-8, no JSON or nested too deeply is refused. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(utf8.decode(bytes));
    refuseDepth(value, bytes.byteLength);
    return value;
  } catch (error) {
    if (error instanceof AwsError) throw error;
    throw serializationException();
  }
}

/** Level by level, so that no input is deep enough to exhaust the stack. */
export function refuseDepth(root: unknown, size: number): void {
  if (size <= maxDepth) return;
  let level = containersIn([root]);
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) throw serializationException('Nesting is too deep');
    level = level.flatMap((container) => containersIn(Object.values(container)));
  }
}

function containersIn(values: unknown[]): object[] {
  return values.filter((value): value is object => isFields(value) || Array.isArray(value));
}
