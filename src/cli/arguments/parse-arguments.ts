import { usageError } from '../failure.ts';
import { didYouMean } from '../suggest.ts';
import type { Argument, TypedValue } from './argument.ts';
import { globalDefinitions, splitFlag } from './global-options.ts';

/** The flags of one command line with what was typed behind them, and what stands by itself. */
export interface ParsedArguments {
  readonly typed: ReadonlyMap<Argument, TypedValue>;
  readonly positional: readonly string[];
}

/**
 * Sorts the words behind an operation into flags and values. As with the AWS CLI, a flag may be cut
 * short while it stays unambiguous, and the last of several is what counts.
 */
export function parseArguments(
  words: readonly string[],
  table: ReadonlyMap<string, Argument>,
): ParsedArguments {
  const typed = new Map<Argument, TypedValue>();
  const positional: string[] = [];
  let at = 0;
  while (at < words.length) {
    const word = words[at++]!;
    const [flag, attached] = splitFlag(word);
    if (flag === undefined) {
      positional.push(word);
      continue;
    }
    const argument = find(table, flag);
    const end = attached === undefined ? endOfValues(words, at, argument.takes) : at;
    const values = attached === undefined ? words.slice(at, end) : [attached];
    typed.set(argument, typedValue(argument, values));
    at = end;
  }
  return { typed, positional };
}

/** @throws Failure that names all required flags that were not typed */
export function requireArguments(
  table: ReadonlyMap<string, Argument>,
  typed: ReadonlyMap<Argument, TypedValue>,
): void {
  const members = new Set([...typed.keys()].map(({ member }) => member));
  const missing = [...table.values()].filter(
    ({ required, member }) => required && !members.has(member),
  );
  if (missing.length === 0) return;
  const flags = missing.map(({ name }) => `--${name}`).join(', ');
  throw usageError(`the following arguments are required: ${flags}`);
}

function find(table: ReadonlyMap<string, Argument>, flag: string): Argument {
  const exact = table.get(flag);
  if (exact) return exact;
  const starting = [...table.values()].filter(
    ({ name, hidden }) => !hidden && name.startsWith(flag),
  );
  if (starting.length === 1) return starting[0]!;
  if (starting.length > 1) {
    const names = starting.map(({ name }) => `--${name}`).join(', ');
    throw usageError(`ambiguous option: --${flag} could match ${names}`);
  }
  const names = [...table.keys(), ...Object.keys(globalDefinitions)].map((name) => `--${name}`);
  throw usageError(`Unknown options: --${flag}.${didYouMean(`--${flag}`, names)}`);
}

function endOfValues(words: readonly string[], start: number, takes: Argument['takes']): number {
  const limit = takes === 'none' ? 0 : takes === 'many' ? Infinity : 1;
  let end = start;
  while (end < words.length && end - start < limit && isValue(words[end]!)) end++;
  return end;
}

/** A word that starts with a dash is a flag, unless it is a number, a lone dash or has a space. */
function isValue(word: string): boolean {
  return !word.startsWith('-') || word === '-' || word.includes(' ') || /^-\d*\.?\d+$/.test(word);
}

function typedValue({ name, takes }: Argument, values: readonly string[]): TypedValue {
  switch (takes) {
    case 'many':
      return values;
    case 'none':
      if (values.length > 0) {
        throw usageError(`argument --${name}: ignored explicit argument '${values[0]!}'`);
      }
      return true;
    case 'optional':
      return values[0] ?? true;
    default:
      if (values[0] === undefined) throw usageError(`argument --${name}: expected one argument`);
      return values[0];
  }
}
