import { validation } from '../../errors.ts';
import type { AttributeValue, Item } from '../attribute-value.ts';
import type { KeyTest } from '../expressions/key-condition.ts';
import { MIRRORED } from '../expressions/key-condition.ts';
import type { Condition, Operand } from '../expressions/syntax.ts';
import { spanOf } from '../key-span.ts';
import type { KeyAttribute, KeyShape } from '../keys.ts';
import { keyAttributes } from '../keys.ts';
import type { Span } from '../pages.ts';
import { startingWith } from '../pages.ts';

/** A part of a WHERE clause, all of whose parts must hold, that tests one attribute by itself. */
interface Conjunct {
  readonly condition: Condition;
  readonly name: string;
  readonly operator: KeyTest['operator'] | 'in';
  readonly values: readonly AttributeValue[];
}

/** Where the items are that a WHERE clause can hold for. */
export interface Spans {
  readonly spans: readonly Span[];
  /** Whether the partition key is fixed, to one value or a few. */
  readonly isQuery: boolean;
}

/** Finds the key conditions in a WHERE clause; without a partition key all there is is read. */
export function spansOf(shape: KeyShape, where: Condition | undefined): Spans {
  const conjuncts = where ? keyConjuncts(shape, where) : [];
  const fixed = shape.hash.map(({ name }) => candidatesOf(conjuncts, name));
  if (fixed.some((values) => values.length === 0)) {
    return { spans: [startingWith(shape.prefix)], isQuery: false };
  }
  const sort = sortTests(shape, conjuncts);
  const spans = combinations(fixed).map((values) =>
    spanOf(
      shape,
      new Map<string, KeyTest>([
        ...shape.hash.map(
          ({ name }, at) => [name, { operator: '=', values: [values[at]!] }] as const,
        ),
        ...sort,
      ]),
    ),
  );
  return { spans, isQuery: true };
}

export interface WholeKey {
  readonly key: Item;
  /** What else the WHERE clause asks for. */
  readonly rest: Condition | undefined;
}

/** The one key that a WHERE clause names, if it fixes all of its attributes. */
export function wholeKey(shape: KeyShape, where: Condition | undefined): WholeKey | undefined {
  if (!where) return undefined;
  const conjuncts = keyConjuncts(shape, where).filter(({ operator }) => operator === '=');
  const used = keyAttributes(shape).map((key) => conjuncts.find(({ name }) => name === key.name));
  if (used.includes(undefined)) return undefined;
  const found = used as Conjunct[];
  const others = conjunctsOf(where).filter((each) => !found.some((one) => one.condition === each));
  return {
    key: Object.fromEntries(found.map(({ name, values }) => [name, values[0]!])),
    rest: others.reduce<Condition | undefined>(
      (left, right) => (left ? { kind: 'and', left, right } : right),
      undefined,
    ),
  };
}

function conjunctsOf(condition: Condition): readonly Condition[] {
  return condition.kind === 'and'
    ? [...conjunctsOf(condition.left), ...conjunctsOf(condition.right)]
    : [condition];
}

/** Those that an ordered key could answer; refuses values that no key of this type can equal. */
function keyConjuncts(shape: KeyShape, where: Condition): readonly Conjunct[] {
  const attributes = keyAttributes(shape);
  return conjunctsOf(where).flatMap((condition) => {
    const conjunct = conjunctOf(condition);
    const attribute = attributes.find(({ name }) => name === conjunct?.name);
    if (!conjunct || !attribute) return [];
    checkType(attribute, conjunct);
    return [conjunct];
  });
}

function checkType({ name, type }: KeyAttribute, { values }: Conjunct): void {
  if (values.every((value) => type in value)) return;
  throw validation(
    `Key attribute's data type should match its data type in table's schema: Key ${name}`,
  );
}

function conjunctOf(condition: Condition): Conjunct | undefined {
  switch (condition.kind) {
    case 'comparison': {
      const { comparator, operands } = condition;
      if (comparator === '<>') return undefined;
      const direct = tested(condition, comparator, operands);
      const [left, right] = operands;
      return direct ?? tested(condition, MIRRORED[comparator], [right, left]);
    }
    case 'between':
      return tested(condition, 'between', condition.operands);
    case 'in':
      return tested(condition, 'in', condition.operands);
    case 'function':
      return condition.name === 'begins_with'
        ? tested(condition, 'begins_with', condition.operands)
        : undefined;
    default:
      return undefined;
  }
}

/** An attribute's name and literals behind it, or nothing of use. */
function tested(
  condition: Condition,
  operator: Conjunct['operator'],
  [first, ...others]: readonly Operand[],
): Conjunct | undefined {
  if (first?.kind !== 'path' || first.path.length > 1) return undefined;
  const values = others.flatMap((operand) => (operand.kind === 'literal' ? [operand.value] : []));
  if (values.length < others.length || values.length === 0) return undefined;
  return { condition, name: first.path[0] as string, operator, values };
}

/** The values that an attribute is fixed to, each once. */
function candidatesOf(conjuncts: readonly Conjunct[], wanted: string): readonly AttributeValue[] {
  const fixing = conjuncts.find(
    ({ name, operator }) => name === wanted && (operator === '=' || operator === 'in'),
  );
  const byText = new Map(fixing?.values.map((value) => [JSON.stringify(value), value]));
  return [...byText.values()];
}

/** Tests of the sort key from the left: all but the last for equality. */
function sortTests(
  { range }: KeyShape,
  conjuncts: readonly Conjunct[],
): readonly (readonly [string, KeyTest])[] {
  const tests: (readonly [string, KeyTest])[] = [];
  for (const { name, type } of range) {
    const usable = conjuncts.filter((conjunct) => conjunct.name === name);
    const test =
      usable.find(({ operator }) => operator === '=') ??
      usable.find(
        ({ operator }) => operator !== 'in' && !(operator === 'begins_with' && type === 'N'),
      );
    if (!test) break;
    tests.push([name, { operator: test.operator as KeyTest['operator'], values: test.values }]);
    if (test.operator !== '=') break;
  }
  return tests;
}

function combinations<T>(choices: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return choices.reduce<readonly (readonly T[])[]>(
    (all, values) => all.flatMap((chosen) => values.map((value) => [...chosen, value])),
    [[]],
  );
}
