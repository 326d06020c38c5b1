import { createHash } from 'node:crypto';

/** The same for requests that ask for the same, in whatever order their members came. */
export function fingerprint(request: unknown): string {
  const text = JSON.stringify(request, (_, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash('sha256').update(text).digest('base64');
}
