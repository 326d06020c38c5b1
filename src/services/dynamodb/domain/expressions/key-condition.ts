import { validation } from '../../errors.ts';
import type { AttributeValue } from '../attribute-value.ts';
import type { Comparator, Condition, Operand } from './syntax.ts';

/** What a key condition asks of one attribute. */
export interface KeyTest {
  readonly operator: '=' | '<' | '<=' | '>' | '>=' | 'between' | 'begins_with';
  /** Two for `between`, else one. */
  readonly values: readonly AttributeValue[];
}

/** What a comparison says with its operands in the other order. */
export const MIRRORED = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

/** The tests of a bound KeyConditionExpression, by attribute. */
export function keyTests(condition: Condition): ReadonlyMap<string, KeyTest> {
  const tests = new Map<string, KeyTest>();
  collect(condition, tests);
  return tests;
}

function collect(condition: Condition, tests: Map<string, KeyTest>): void {
  if (condition.kind === 'and') {
    collect(condition.left, tests);
    collect(condition.right, tests);
    return;
  }
  const operator = indexable(condition);
  const { operands } = condition as Extract<Condition, { operands: readonly Operand[] }>;
  if (operands.some(({ kind }) => kind === 'function')) {
    throw validation('KeyConditionExpressions cannot contain nested operations');
  }
  if ((operator === 'between' || operator === 'begins_with') && operands[0]?.kind !== 'path') {
    const shown = operator === 'between' ? 'BETWEEN' : operator;
    throw invalidCondition(`${shown} operator must have the key attribute as its first operand`);
  }
  const name = theAttribute(operands);
  if (tests.has(name)) {
    throw validation('KeyConditionExpressions must only contain one condition per key');
  }
  const values = operands.flatMap((operand) => (operand.kind === 'literal' ? [operand.value] : []));
  const mirrored = operands[0]?.kind !== 'path' && operator in MIRRORED;
  tests.set(name, {
    operator: mirrored ? MIRRORED[operator as keyof typeof MIRRORED] : operator,
    values,
  });
}

/** The operator, if an ordered key can answer it. */
function indexable(condition: Condition): KeyTest['operator'] {
  switch (condition.kind) {
    case 'comparison':
      return ordered(condition.comparator);
    case 'between':
      return 'between';
    case 'function':
      if (condition.name === 'begins_with') return 'begins_with';
      throw invalidOperator(condition.name);
    default:
      throw invalidOperator(condition.kind.toUpperCase());
  }
}

function ordered(comparator: Comparator): KeyTest['operator'] {
  if (comparator === '<>') throw invalidOperator(comparator);
  return comparator;
}

/** The one attribute that a condition's operands name. */
function theAttribute(operands: readonly Operand[]): string {
  const paths = operands.flatMap((operand) => (operand.kind === 'path' ? [operand.path] : []));
  if (paths.length > 1) {
    throw invalidCondition('Multiple attribute names used in one condition');
  }
  const [path] = paths;
  if (!path) throw invalidCondition('No key attribute specified');
  if (path.length > 1) {
    throw validation('KeyConditionExpressions cannot have conditions on nested attributes');
  }
  return path[0] as string;
}

function invalidOperator(operator: string): Error {
  return validation(`Invalid operator used in KeyConditionExpression: ${operator}`);
}

function invalidCondition(problem: string): Error {
  return validation(`Invalid condition in KeyConditionExpression: ${problem}`);
}
