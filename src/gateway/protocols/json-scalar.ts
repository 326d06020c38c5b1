import type { Shape } from '../../models/model.ts';
import { fromBase64 } from './base64.ts';
import { serializationException } from './json-text.ts';
import { isFields } from './shapes.ts';
import { fromEpochSeconds, parseTimestamp } from './timestamps.ts';

/** Java's names of the types, as AWS's parser puts them into its errors. */
const javaNames: Readonly<Record<string, string>> = {
  string: 'String',
  boolean: 'Boolean',
  byte: 'Byte',
  short: 'Short',
  integer: 'Integer',
  long: 'Long',
  float: 'Float',
  double: 'Double',
  bigInteger: 'BigInteger',
  bigDecimal: 'BigDecimal',
  timestamp: 'Date',
  blob: 'Blob',
};

const nonFinite: Readonly<Record<string, number>> = {
  NaN: NaN,
  Infinity: Infinity,
  '-Infinity': -Infinity,
};

/** Reads a scalar as JSON spells it. */
export function jsonScalar(shape: Shape, value: unknown): unknown {
  switch (shape.type) {
    case 'string':
      if (typeof value === 'string') return value;
      break;
    case 'boolean':
      if (typeof value === 'boolean') return value;
      break;
    case 'float':
    case 'double':
    case 'bigDecimal':
      if (typeof value === 'number') return value;
      if (typeof value === 'string' && Object.hasOwn(nonFinite, value)) return nonFinite[value];
      break;
    case 'byte':
    case 'short':
    case 'integer':
    case 'long':
    case 'bigInteger':
      if (typeof value === 'number' && Number.isFinite(value)) return Math.trunc(value);
      break;
    case 'blob':
      if (typeof value === 'string') return blob(value);
      break;
    case 'timestamp': {
      const date = timestamp(value);
      if (date) return date;
      break;
    }
    default:
  }
  throw wrongType(shape.type, value);
}

function blob(text: string): Uint8Array {
  const bytes = fromBase64(text);
  if (bytes) return bytes;
  throw serializationException(
    text.length % 4 === 0
      ? 'Invalid Base64 character'
      : `Base64 encoded length is expected a multiple of 4 bytes but found: ${text.length}`,
  );
}

function timestamp(value: unknown): Date | undefined {
  if (typeof value === 'number') return fromEpochSeconds(value);
  return typeof value === 'string' ? parseTimestamp(value) : undefined;
}

/** AWS's parser on a value of the wrong type. */
export function wrongType(type: string, value: unknown): Error {
  const java = javaNames[type] ?? type;
  if (Array.isArray(value)) {
    return serializationException(`Unrecognized collection type class java.lang.${java}`);
  }
  if (isFields(value)) {
    return serializationException('Start of structure or map found where not expected');
  }
  return serializationException(`${tokenOf(value)} cannot be converted to ${java}`);
}

function tokenOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'TRUE_VALUE' : 'FALSE_VALUE';
  if (typeof value === 'string') return 'STRING_VALUE';
  return Number.isInteger(value) ? 'NUMBER_VALUE' : 'DECIMAL_VALUE';
}
