import type { Value, ValueMap } from './template.ts';

/** A function that stands in a template: `{ "Fn::Join": [",", ["a", "b"]] }`. */
export interface Call {
  readonly name: string;
  readonly argument: Value;
}

/** The function that a value calls; `Condition` is one only where conditions are written. */
export function callOf(value: Value): Call | undefined {
  if (!isMap(value)) return undefined;
  const [entry, another] = Object.entries(value);
  if (entry === undefined || another !== undefined) return undefined;
  const [name, argument] = entry;
  return name === 'Ref' || name.startsWith('Fn::') ? { name, argument } : undefined;
}

export function isMap(value: Value | undefined): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function isScalar(value: Value | undefined): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
