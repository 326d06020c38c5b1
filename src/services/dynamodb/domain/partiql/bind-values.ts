import { validation } from '../../errors.ts';
import { admitValue } from '../admit-item.ts';
import type { AttributeValue } from '../attribute-value.ts';
import { typeOf } from '../attribute-value.ts';
import type { Value } from './syntax.ts';

/** A request's parameters, admitted: what stands in the place of each `?`. */
export type Parameters = readonly AttributeValue[];

const SET_TYPES: Readonly<Record<string, string>> = { S: 'SS', N: 'NS', B: 'BS' };

/** The value that a literal or parameter stands for, in normal form. */
export function valueOf(value: Value, parameters: Parameters): AttributeValue {
  return admitValue(built(value, parameters));
}

function built(value: Value, parameters: Parameters): AttributeValue {
  switch (value.kind) {
    case 'scalar':
      return { ...value.value };
    case 'parameter':
      return parameters[value.index]!;
    case 'list':
      return { L: value.elements.map((element) => built(element, parameters)) };
    case 'map':
      return {
        M: Object.fromEntries(
          value.members.map(([name, member]) => [name, built(member, parameters)]),
        ),
      };
    case 'set':
      return setOf(value.elements.map((element) => built(element, parameters)));
  }
}

function setOf(members: readonly AttributeValue[]): AttributeValue {
  const [type, ...others] = new Set(members.map(typeOf));
  const setType = type && SET_TYPES[type];
  if (!setType || others.length > 0) {
    throw validation('A set must hold values that are all strings, all numbers or all binaries');
  }
  const texts = members.map((member) => Object.values(member)[0] as string);
  return { [setType]: texts } as unknown as AttributeValue;
}

/** @param sent the request's own, unchecked; absent is none */
export function admitParameters(sent: readonly unknown[], expected: number): Parameters {
  if (sent.length !== expected) {
    throw validation("Number of parameters in request and statement don't match.");
  }
  return sent.map(admitValue);
}
