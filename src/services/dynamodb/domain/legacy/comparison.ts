import { invalidParameters, validation } from '../../errors.ts';
import { admitValue } from '../admit-item.ts';
import type { AttributeType, AttributeValue } from '../attribute-value.ts';
import { typeOf } from '../attribute-value.ts';
import { compareValues } from '../expressions/compare.ts';
import type { Comparator, Condition, Operand } from '../expressions/syntax.ts';

/** The operators of the legacy conditions, as AWS lists them. */
export const COMPARISON_OPERATORS = [
  'IN',
  'NULL',
  'BETWEEN',
  'LT',
  'NOT_CONTAINS',
  'EQ',
  'GT',
  'NOT_NULL',
  'NE',
  'LE',
  'BEGINS_WITH',
  'GE',
  'CONTAINS',
] as const;

export type ComparisonOperator = (typeof COMPARISON_OPERATORS)[number];

/** What one operator takes, and the condition that it stands for. */
interface Comparison {
  readonly values: 0 | 1 | 2 | 'some';
  /** Every type if left out. */
  readonly types?: readonly AttributeType[];
  readonly condition: (attribute: Operand, values: readonly Operand[]) => Condition;
}

const SCALARS: readonly AttributeType[] = ['S', 'N', 'B'];
const ELEMENTS: readonly AttributeType[] = ['S', 'N', 'B', 'BOOL', 'NULL'];

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Condition.html */
const COMPARISONS: Readonly<Record<ComparisonOperator, Comparison>> = {
  EQ: comparison('='),
  NE: comparison('<>'),
  LT: comparison('<', SCALARS),
  LE: comparison('<=', SCALARS),
  GT: comparison('>', SCALARS),
  GE: comparison('>=', SCALARS),
  NULL: call('attribute_not_exists', 0),
  NOT_NULL: call('attribute_exists', 0),
  BEGINS_WITH: call('begins_with', 1, ['S', 'B']),
  CONTAINS: call('contains', 1, ELEMENTS),
  NOT_CONTAINS: {
    values: 1,
    types: ELEMENTS,
    // what is not there does not fail to contain something: it answers no condition but NE and NULL
    condition: (attribute, values) => ({
      kind: 'and',
      left: { kind: 'function', name: 'attribute_exists', operands: [attribute] },
      right: {
        kind: 'not',
        condition: { kind: 'function', name: 'contains', operands: [attribute, ...values] },
      },
    }),
  },
  IN: {
    values: 'some',
    types: SCALARS,
    condition: (attribute, values) => ({ kind: 'in', operands: [attribute, ...values] }),
  },
  BETWEEN: {
    values: 2,
    types: SCALARS,
    condition: (attribute, [low, high]) => ({
      kind: 'between',
      operands: [attribute, low!, high!],
    }),
  },
};

function comparison(comparator: Comparator, types?: readonly AttributeType[]): Comparison {
  return {
    values: 1,
    ...(types && { types }),
    condition: (attribute, [value]) => ({
      kind: 'comparison',
      comparator,
      operands: [attribute, value!],
    }),
  };
}

function call(name: string, values: 0 | 1, types?: readonly AttributeType[]): Comparison {
  return {
    values,
    ...(types && { types }),
    condition: (attribute, operands) => ({
      kind: 'function',
      name,
      operands: [attribute, ...operands],
    }),
  };
}

/**
 * What a legacy condition on one attribute asks, as a bound condition.
 *
 * @throws AwsError `ValidationException` for values that the operator does not take
 */
export function comparisonOf(
  name: string,
  operator: ComparisonOperator,
  sent: readonly unknown[],
): Condition {
  const values = sent.map(admitValue);
  const { values: wanted, types, condition } = COMPARISONS[operator];
  if (wanted === 'some' ? values.length === 0 : values.length !== wanted) {
    throw invalidParameters(`Invalid number of argument(s) for the ${operator} ComparisonOperator`);
  }
  checkTypes(operator, values, types);
  return condition(
    { kind: 'path', path: [name] },
    values.map((value) => ({ kind: 'literal', value })),
  );
}

function checkTypes(
  operator: ComparisonOperator,
  values: readonly AttributeValue[],
  types: readonly AttributeType[] | undefined,
): void {
  const [first, second] = values;
  if (!first) return;
  const type = typeOf(first);
  if (values.some((value) => typeOf(value) !== type)) {
    throw invalidParameters('AttributeValues inside AttributeValueList must be of same type');
  }
  if (types && !types.includes(type)) {
    throw invalidParameters(
      `ComparisonOperator ${operator} is not valid for ${type} AttributeValue type`,
    );
  }
  if (operator === 'BETWEEN' && (compareValues(first, second!) ?? 0) > 0) {
    throw validation(
      'The BETWEEN condition was provided a range where the lower bound is greater than the upper bound',
    );
  }
}
