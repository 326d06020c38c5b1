import { invalidParameters, validation } from '../../errors.ts';
import type { Condition } from '../expressions/syntax.ts';
import { comparisonOf } from './comparison.ts';
import type { ConditionalOperator, LegacyCondition, LegacyExpectation } from './parameters.ts';

/**
 * The condition that a QueryFilter or ScanFilter stands for.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html
 */
export function filterCondition(
  filter: Readonly<Record<string, LegacyCondition | null>>,
  operator?: ConditionalOperator,
): Condition | undefined {
  return joined(Object.entries(filter).map(conditionOf), operator);
}

/** The condition that Expected stands for. */
export function expectedCondition(
  expected: Readonly<Record<string, LegacyExpectation | null>>,
  operator?: ConditionalOperator,
): Condition | undefined {
  return joined(Object.entries(expected).map(expectationOf), operator);
}

/**
 * The condition that KeyConditions stand for: AWS takes as many as a table has keys, each of a kind
 * that ordered keys can answer.
 */
export function keyConditions(sent: Readonly<Record<string, LegacyCondition | null>>): Condition {
  const conditions = Object.entries(sent).map(conditionOf);
  if (conditions.length !== 1 && conditions.length !== 2) {
    throw validation('Conditions can be of length 1 or 2 only');
  }
  for (const condition of Object.values(sent)) {
    if (INDEXABLE.has(condition!.ComparisonOperator)) continue;
    throw validation('Attempted conditional constraint is not an indexable operation');
  }
  return balanced('and', conditions)!;
}

const INDEXABLE: ReadonlySet<string> = new Set([
  ...['EQ', 'LT', 'LE', 'GT', 'GE', 'BETWEEN', 'BEGINS_WITH'],
]);

function conditionOf([name, condition]: [string, LegacyCondition | null]): Condition {
  checkName(name);
  if (condition === null) {
    throw validation(`The filter condition for an attribute cannot be null: ${name}`);
  }
  return comparisonOf(name, condition.ComparisonOperator, condition.AttributeValueList ?? []);
}

/** Expected has two forms: a comparison, and the older `Exists` and `Value`. */
function expectationOf([name, sent]: [string, LegacyExpectation | null]): Condition {
  checkName(name);
  const refuse = (problem: string): Error => invalidParameters(`${problem} for Attribute: ${name}`);
  if (sent === null) throw refuse('ExpectedAttributeValue must not be null');
  const { Value: value, Exists: exists, ComparisonOperator: operator } = sent;
  const list = sent.AttributeValueList ?? undefined;
  const hasValue = value !== undefined && value !== null;
  if (list && hasValue) throw refuse('Value and AttributeValueList cannot be used together');
  if (operator) {
    if (typeof exists === 'boolean') {
      throw refuse('Exists and ComparisonOperator cannot be used together');
    }
    const values = list ?? (hasValue ? [value] : undefined);
    if (!values && operator !== 'NULL' && operator !== 'NOT_NULL') {
      throw refuse(`Value or AttributeValueList must be used with ComparisonOperator: ${operator}`);
    }
    return comparisonOf(name, operator, values ?? []);
  }
  if (list) throw refuse('AttributeValueList can only be used with a ComparisonOperator');
  if (exists === false) {
    if (hasValue) throw refuse('Value cannot be used when Exists is false');
    return comparisonOf(name, 'NULL', []);
  }
  if (!hasValue) throw refuse(`Value must be provided when Exists is ${exists ?? null}`);
  return comparisonOf(name, 'EQ', [value]);
}

/** A ConditionalOperator is AWS's only for two conditions or more. */
function joined(
  conditions: readonly Condition[],
  operator: ConditionalOperator | undefined,
): Condition | undefined {
  if (operator && conditions.length === 0) throw uselessOperator();
  if (operator && conditions.length === 1) {
    throw validation(
      'ConditionalOperator can only be used when Filter or Expected has two or more elements',
    );
  }
  return balanced(operator === 'OR' ? 'or' : 'and', conditions);
}

/** What AWS says to a ConditionalOperator that has nothing to join. */
export function uselessOperator(): Error {
  return validation('ConditionalOperator cannot be used without Filter or Expected');
}

/** No deeper than it must be: a request can hold thousands of conditions. */
function balanced(kind: 'and' | 'or', conditions: readonly Condition[]): Condition | undefined {
  if (conditions.length <= 1) return conditions[0];
  const half = conditions.length >> 1;
  return {
    kind,
    left: balanced(kind, conditions.slice(0, half))!,
    right: balanced(kind, conditions.slice(half))!,
  };
}

function checkName(name: string): void {
  if (name === '') throw validation('Empty attribute name');
}
