import {
  boolean,
  list,
  mapExpected,
  oneOf,
  required,
  string,
  structure,
  takeMembers,
} from '../parameters.ts';
import type { Check, Checks } from '../parameters.ts';
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

const operator = oneOf(...COMPARISON_OPERATORS);
/** Values are admitted where they are used. */
const values = list<unknown>('AttributeValue', { check: () => {} }, { min: 0 });

/** QueryFilter, ScanFilter or KeyConditions. */
export const conditions = structures<LegacyCondition>('Condition', {
  ComparisonOperator: required(operator),
  AttributeValueList: values,
});

export const expected = structures<LegacyExpectation>('ExpectedAttributeValue', {
  Exists: boolean,
  ComparisonOperator: operator,
  AttributeValueList: values,
});

export const updates = structures<LegacyUpdate>('AttributeValueUpdate', {
  Action: oneOf('ADD', 'PUT', 'DELETE'),
});

/** AttributesToGet. */
export const attributeNames = list('String', string, { min: 1 });

/** Structures by attribute name. */
function structures<T>(type: string, members: Checks): Check<Readonly<Record<string, T | null>>> {
  const element = structure(type);
  return {
    check(sent, name, violations) {
      if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) {
        throw mapExpected(sent, `com.amazonaws.dynamodb.v20120810.${type}`);
      }
      const place = name[0]!.toLowerCase() + name.slice(1);
      for (const [attribute, given] of Object.entries(sent)) {
        if (given === null) continue;
        element.check(given, name, violations);
        takeMembers(given as object, members, `${place}.${attribute}.member.`, violations);
      }
    },
  };
}
