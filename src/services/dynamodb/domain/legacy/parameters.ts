import { serialization } from '../../errors.ts';
import { list } from '../admit-item.ts';
import { boolean, mapExpected, oneOf, string, violation } from '../parameters.ts';
import type { Check, Inspect } from '../parameters.ts';
import { COMPARISON_OPERATORS } from './comparison.ts';
import type { ComparisonOperator } from './comparison.ts';

/** How QueryFilter, ScanFilter and Expected are joined. */
export type ConditionalOperator = 'AND' | 'OR';

/** An element of QueryFilter, ScanFilter and KeyConditions; its values are not admitted yet. */
export interface LegacyCondition {
  readonly ComparisonOperator: ComparisonOperator;
  readonly AttributeValueList?: readonly unknown[] | null;
}

/** An element of Expected. */
export interface LegacyExpectation {
  readonly Value?: unknown;
  readonly Exists?: boolean | null;
  readonly ComparisonOperator?: ComparisonOperator | null;
  readonly AttributeValueList?: readonly unknown[] | null;
}

/** An element of AttributeUpdates. */
export interface LegacyUpdate {
  readonly Action?: 'ADD' | 'PUT' | 'DELETE' | null;
  readonly Value?: unknown;
}

export const conditionalOperator: Check<ConditionalOperator> = oneOf('OR', 'AND');

/** QueryFilter, ScanFilter or KeyConditions. */
export const conditions = structures<LegacyCondition>(
  'Condition',
  { ComparisonOperator: oneOf(...COMPARISON_OPERATORS).check, AttributeValueList: list },
  'ComparisonOperator',
);

export const expected = structures<LegacyExpectation>('ExpectedAttributeValue', {
  Exists: boolean.check,
  ComparisonOperator: oneOf(...COMPARISON_OPERATORS).check,
  AttributeValueList: list,
});

export const updates = structures<LegacyUpdate>('AttributeValueUpdate', {
  Action: oneOf('ADD', 'PUT', 'DELETE').check,
});

/** AttributesToGet. */
export const attributeNames: Check<readonly string[]> = {
  check(sent, name, violations) {
    const names = list(sent);
    for (const each of names) string.check(each, name, violations);
    if (names.length > 0) return;
    const constraint = 'Member must have length greater than or equal to 1';
    violations.push(violation("'[]'", name, constraint));
  },
};

/** Structures by attribute name; attribute values in them are checked where they are used. */
function structures<T>(
  type: string,
  members: Readonly<Record<string, Inspect>>,
  required?: string,
): Check<Readonly<Record<string, T | null>>> {
  const javaType = `com.amazonaws.dynamodb.v20120810.${type}`;
  return {
    check(sent, name, violations) {
      if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) {
        throw mapExpected(sent, javaType);
      }
      for (const [attribute, structure] of Object.entries(sent)) {
        if (structure === null) continue;
        const given = membersOf(structure, javaType);
        const place = `${name}.${attribute}.member`;
        for (const [member, inspect] of Object.entries(members)) {
          const at = `${place}.${member[0]!.toLowerCase()}${member.slice(1)}`;
          const value = given[member] ?? undefined;
          if (value !== undefined) inspect(value, at, violations);
          else if (member === required) {
            violations.push(violation('null', at, 'Member must not be null'));
          }
        }
      }
    },
  };
}

function membersOf(sent: unknown, javaType: string): Readonly<Record<string, unknown>> {
  if (typeof sent !== 'object') throw serialization('Unexpected value type in payload');
  if (Array.isArray(sent)) throw serialization(`Unrecognized collection type class ${javaType}`);
  return sent as Record<string, unknown>;
}
