import { byCodePoint, isScalar, cellText, type Printable } from './printable.ts';

type Fields = { [key: string]: Printable };

/**
 * The AWS CLI's text output: one line a structure, its scalars by key and tab separated, behind
 * the structure's name in capitals; nested structures follow on lines of their own.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-output-format.html#text-output
 */
export function formatText(value: Printable): string {
  return linesOf(value, undefined, undefined).join('');
}

function linesOf(
  value: Printable,
  name: string | undefined,
  columns?: readonly string[],
): string[] {
  if (Array.isArray(value)) return linesOfList(value, name);
  if (isScalar(value)) return [`${cellText(value)}\n`];
  return linesOfFields(value, name, columns);
}

function linesOfList(items: readonly Printable[], name: string | undefined): string[] {
  const scalars = items.filter(isScalar);
  if (items.some(isFields)) {
    const columns = scalarKeysOf(items.filter(isFields));
    return items.flatMap((item) => linesOf(item, name, columns));
  }
  const nested = items.filter((item) => !isScalar(item));
  return [...scalarLines(scalars, name), ...nested.flatMap((item) => linesOf(item, name))];
}

function scalarLines(items: readonly Printable[], name: string | undefined): string[] {
  if (items.length === 0) return [];
  const texts = items.map(cellText);
  if (name === undefined) return [`${texts.join('\t')}\n`];
  return texts.map((text) => `${name.toUpperCase()}\t${text}\n`);
}

function linesOfFields(
  fields: Fields,
  name: string | undefined,
  columns: readonly string[] | undefined,
): string[] {
  const keys = Object.keys(fields).toSorted(byCodePoint);
  const scalarKeys = columns ?? keys.filter((key) => isScalar(fields[key]!));
  const texts = scalarKeys.map((key) => cellText(fields[key]));
  const head = name === undefined ? [] : [name.toUpperCase()];
  const line = texts.length === 0 ? [] : [`${[...head, ...texts].join('\t')}\n`];
  const nested = keys.filter((key) => !scalarKeys.includes(key));
  return [...line, ...nested.flatMap((key) => linesOf(fields[key]!, key))];
}

/** The columns of a list: every key that has a scalar in any item. */
function scalarKeysOf(items: readonly Fields[]): string[] {
  const keys = new Set<string>();
  for (const item of items) {
    for (const [key, value] of Object.entries(item)) if (isScalar(value)) keys.add(key);
  }
  return [...keys].toSorted(byCodePoint);
}

function isFields(value: Printable): value is Fields {
  return !isScalar(value) && !Array.isArray(value);
}
