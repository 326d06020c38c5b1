import { validation } from '../errors.ts';
import type { Value } from '../template/template.ts';

/**
 * An output's value, or its export's name, as text.
 * @throws ValidationError where it is a list or an object
 */
export function outputText(key: string, value: Value | undefined): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw validation(
    `Template format error: The Value field of every Outputs member must evaluate to a String: ${key}.`,
  );
}
