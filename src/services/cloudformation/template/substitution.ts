import { isList, isMap } from './calls.ts';
import { templateError } from './errors.ts';
import type { Value, ValueMap } from './template.ts';

/** Literal text, or the name within `${…}`. */
export type Part = { readonly text: string } | { readonly variable: string };

/** What `Fn::Sub` is given: its text, taken apart, and the variables of its longer form. */
export interface Substitution {
  readonly parts: readonly Part[];
  readonly variables: ValueMap;
}

export function readSubstitution(argument: Value): Substitution {
  const [text, variables] = isList(argument) && argument.length === 2 ? argument : [argument, {}];
  if (typeof text !== 'string' || !isMap(variables)) {
    throw templateError(
      "One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string",
    );
  }
  return { parts: split(text), variables };
}

function split(text: string): readonly Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(/\$\{([^{}]*)\}/g)) {
    parts.push({ text: text.slice(end, match.index) }, variable(match[1] ?? ''));
    end = match.index + match[0].length;
  }
  parts.push({ text: text.slice(end) });
  return parts;
}

/** `${!Literal}` stands for `${Literal}`. */
function variable(name: string): Part {
  if (name.startsWith('!')) return { text: `\${${name.slice(1)}}` };
  const trimmed = name.trim();
  if (!/^[A-Za-z0-9_.:]+$/.test(trimmed)) {
    throw templateError(
      'variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons',
    );
  }
  return { variable: trimmed };
}
