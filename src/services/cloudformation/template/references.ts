import { callOf, isList, isMap } from './calls.ts';
import { readGetAtt, splitAtDot } from './get-att.ts';
import { readSubstitution } from './substitution.ts';
import type { Value } from './template.ts';

/** A name that a value mentions. */
export type Reference =
  /** A parameter, pseudo-parameter or resource. */
  | { readonly kind: 'ref'; readonly name: string }
  | { readonly kind: 'attribute'; readonly name: string; readonly attribute: string | undefined }
  | { readonly kind: 'condition'; readonly name: string };

/**
 * Every name that a value mentions.
 * @param conditions where given, only of the branches of `Fn::If` that they take
 */
export function* references(
  value: Value,
  conditions?: ReadonlyMap<string, boolean>,
): Generator<Reference> {
  const call = callOf(value);
  if (call === undefined) {
    const children = isList(value) ? value : isMap(value) ? Object.values(value) : [];
    for (const child of children) yield* references(child, conditions);
    return;
  }
  const { name, argument } = call;
  if (name === 'Ref') {
    if (typeof argument === 'string') yield { kind: 'ref', name: argument };
  } else if (name === 'Fn::GetAtt') yield* attribute(argument);
  else if (name === 'Fn::Sub') yield* substituted(argument, conditions);
  else if (name === 'Fn::If') yield* branches(argument, conditions);
  else yield* references(argument, conditions);
}

function* attribute(argument: Value): Generator<Reference> {
  const [name, named] = readGetAtt(argument);
  yield { kind: 'attribute', name, attribute: typeof named === 'string' ? named : undefined };
  yield* references(named);
}

function* substituted(
  argument: Value,
  conditions: ReadonlyMap<string, boolean> | undefined,
): Generator<Reference> {
  const { parts, variables } = readSubstitution(argument);
  for (const part of parts) {
    if (!('variable' in part) || Object.hasOwn(variables, part.variable)) continue;
    const [name, attributeName] = splitAtDot(part.variable);
    yield attributeName === ''
      ? { kind: 'ref', name }
      : { kind: 'attribute', name, attribute: attributeName };
  }
  yield* references(variables, conditions);
}

function* branches(
  argument: Value,
  conditions: ReadonlyMap<string, boolean> | undefined,
): Generator<Reference> {
  if (!isList(argument)) return;
  const [condition, whenTrue = '', whenFalse = ''] = argument;
  if (typeof condition !== 'string') return;
  yield { kind: 'condition', name: condition };
  const decided = conditions?.get(condition);
  if (decided !== false) yield* references(whenTrue, conditions);
  if (decided !== true) yield* references(whenFalse, conditions);
}
