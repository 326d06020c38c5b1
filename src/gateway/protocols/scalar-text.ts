import type { Shape, TimestampFormat } from '../../models/model.ts';
import { blobBytes, fromBase64, toBase64 } from './base64.ts';
import { formatTimestamp, parseTimestamp } from './timestamps.ts';

const integer = /^[+-]?\d{1,20}$/;
const decimal = /^[+-]?(?:\d{1,400}(?:\.\d{0,400})?|\.\d{1,400})(?:e[+-]?\d{1,4})?$/i;
const ranges: Readonly<Record<string, number>> = { byte: 2 ** 7, short: 2 ** 15, integer: 2 ** 31 };

/**
 * Reads a scalar that a query string, a header or an XML element spells as text.
 *
 * @returns undefined for text that is no value of the shape
 */
export function parseScalar(shape: Shape, text: string): unknown {
  switch (shape.type) {
    case 'string':
      return text;
    case 'boolean':
      return parseBoolean(text);
    case 'timestamp':
      return parseTimestamp(text.trim());
    case 'blob':
      return fromBase64(text.trim());
    case 'float':
    case 'double':
    case 'bigDecimal':
      return parseDecimal(text.trim());
    case 'byte':
    case 'short':
    case 'integer':
    case 'long':
    case 'bigInteger':
      return parseInteger(text.trim(), ranges[shape.type] ?? 2 ** 63);
    default:
      return undefined;
  }
}

/** The text of a scalar; timestamps in the shape's format, else in the one given. */
export function formatScalar(
  shape: Shape,
  value: unknown,
  format: TimestampFormat,
  milliseconds?: 'always' | 'if-any',
): string {
  if (shape.type === 'timestamp') {
    return formatTimestamp(value as Date, shape.format ?? format, milliseconds);
  }
  if (shape.type === 'blob') return toBase64(blobBytes(value));
  return String(value);
}

function parseBoolean(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  if (lower === 'true') return true;
  return lower === 'false' ? false : undefined;
}

function parseInteger(text: string, limit: number): number | undefined {
  if (!integer.test(text)) return undefined;
  const value = Number(text);
  // Long.MAX_VALUE, which clients send for "no end", rounds up to 2^63.
  const max = limit === 2 ** 63 ? limit : limit - 1;
  return value >= -limit && value <= max ? value : undefined;
}

function parseDecimal(text: string): number | undefined {
  if (text === 'NaN') return NaN;
  if (text === 'Infinity') return Infinity;
  if (text === '-Infinity') return -Infinity;
  return decimal.test(text) ? Number(text) : undefined;
}
