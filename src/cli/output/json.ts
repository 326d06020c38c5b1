import type { Printable } from './printable.ts';

/** JSON as the AWS CLI writes it, four spaces deep; nothing at all for an empty answer. */
export function formatJson(value: Printable): string {
  if (isEmptyObject(value)) return '';
  return `${JSON.stringify(value, null, 4)}\n`;
}

function isEmptyObject(value: Printable): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length === 0
  );
}
