import { toBase64 } from '../../gateway/protocols/base64.ts';

/** An answer as it is shown: JSON's values only. */
export type Printable =
  | string
  | number
  | boolean
  | null
  | Printable[]
  | { [key: string]: Printable };

/** Blobs as base64 and times as AWS CLI v2 writes them: `2026-01-31T12:00:00+00:00`. */
export function printable(value: unknown): Printable {
  if (value instanceof Uint8Array) return toBase64(value);
  if (value instanceof Date) return isoTime(value);
  if (Array.isArray(value)) return value.map(printable);
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return (value ?? null) as Printable;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(entries.map(([key, inner]) => [key, printable(inner)]));
}

/** Fractions have six digits, and are left out where there are none. */
function isoTime(date: Date): string {
  return date
    .toISOString()
    .replace(/(?:\.000|(\.\d{3}))Z$/, (_, fraction?: string) =>
      fraction === undefined ? '+00:00' : `${fraction}000+00:00`,
    );
}

/** Whether a value has neither members nor items. */
export function isScalar(value: Printable): value is string | number | boolean | null {
  return typeof value !== 'object' || value === null;
}

/** A cell of text and tables, where the AWS CLI shows Python's spelling. */
export function cellText(value: Printable | undefined): string {
  return value === undefined ? '' : pythonText(value);
}

/** What `repr` gives in Python. */
function pythonText(value: Printable): string {
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (value === null) return 'None';
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `[${value.map(quoted).join(', ')}]`;
  if (typeof value === 'string') return value;
  const pairs = Object.entries(value).map(([key, inner]) => `${quoted(key)}: ${quoted(inner)}`);
  return `{${pairs.join(', ')}}`;
}

function quoted(value: Printable): string {
  if (typeof value !== 'string') return pythonText(value);
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const escaped = JSON.stringify(value)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"');
  return quote + (quote === "'" ? escaped.replaceAll("'", String.raw`\'`) : escaped) + quote;
}

/** By code point, as the AWS CLI orders keys. */
export function byCodePoint(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
