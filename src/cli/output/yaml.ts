import { stringify } from 'yaml';
import type { Printable } from './printable.ts';

/** YAML, keys in the order of the answer. */
export function formatYaml(value: Printable): string {
  if (typeof value === 'object' && value !== null && Object.keys(value).length === 0) {
    return Array.isArray(value) ? '[]\n' : '';
  }
  return stringify(value, { indentSeq: false, lineWidth: 0, singleQuote: true });
}
