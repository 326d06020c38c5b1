import type { Value } from './template.ts';

/** Of YAML 1.1, which CloudFormation reads: https://yaml.org/type/bool.html without the single letters. */
const booleans = new Map([
  ...['true', 'True', 'TRUE', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'].map(
    (word) => [word, true] as const,
  ),
  ...['false', 'False', 'FALSE', 'no', 'No', 'NO', 'off', 'Off', 'OFF'].map(
    (word) => [word, false] as const,
  ),
]);

const nulls = new Set(['', '~', 'null', 'Null', 'NULL']);

/** What an unquoted YAML scalar means. */
export function plainScalar(source: string): Value {
  if (nulls.has(source)) return null;
  return booleans.get(source) ?? numberOrSource(source);
}

/**
 * A number where it would be written the same again, otherwise its source: an account ID keeps its
 * leading zeros, `1e3`, `0x1F` and `1.0` stay as they are, and long numbers keep every digit. What
 * needs a number of it is up to the property's schema.
 */
export function numberOrSource(source: string): number | string {
  const number = Number(source);
  return String(number) === source && Number.isFinite(number) ? number : source;
}
