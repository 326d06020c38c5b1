import fc from 'fast-check';
import { expect, test } from 'vitest';
import { admitItem } from '../../src/services/dynamodb/domain/admit-item.ts';
import {
  readExpressions,
  selectionOf,
  testOf,
} from '../../src/services/dynamodb/domain/expressions/request-expressions.ts';
import { at, bytes, canonical, canonicalItem, item, order, path, paths, scalar } from './values.ts';
import { Placeholders, typeOf, value } from './values.ts';
import type { Path, Wire, WireItem } from './values.ts';

/** A condition as text, and by itself as a function: the model. */
interface Condition {
  text(placeholders: Placeholders): string;
  holds(attributes: WireItem): boolean;
}

interface Operand {
  text(placeholders: Placeholders): string;
  of(attributes: WireItem): Wire | undefined;
}

const pathOperand = path.map((steps): Operand => ({
  text: (given) => given.path(steps),
  of: (one) => at(one, steps),
}));
const sizeOperand = path.map((steps): Operand => ({
  text: (given) => `size(${given.path(steps)})`,
  of: (one) => sizeOf(at(one, steps)),
}));
const literal = (values: fc.Arbitrary<Wire>) =>
  values.map((wire): Operand => ({ text: (given) => given.value(wire), of: () => wire }));

function sizeOf(wire: Wire | undefined): Wire | undefined {
  const [type, content] = wire ? Object.entries(wire)[0]! : [];
  if (type === undefined || ['N', 'BOOL', 'NULL'].includes(type)) return undefined;
  if (type === 'B') return { N: String(bytes(content as string).length) };
  if (type === 'M') return { N: String(Object.keys(content as object).length) };
  return { N: String((content as string | unknown[]).length) };
}

const EQUALITIES = ['=', '<>'];
const ORDERS: Readonly<Record<string, (sign: number) => boolean>> = {
  '<': (sign) => sign < 0,
  '<=': (sign) => sign <= 0,
  '>': (sign) => sign > 0,
  '>=': (sign) => sign >= 0,
};

function compares(comparator: string, one: Wire | undefined, two: Wire | undefined): boolean {
  const equal = one !== undefined && two !== undefined && canonical(one) === canonical(two);
  if (comparator === '=') return equal;
  if (comparator === '<>') return !equal;
  const sign = one && two && order(one, two);
  return sign !== undefined && ORDERS[comparator]!(sign);
}

const comparison = (comparator: string, right: fc.Arbitrary<Wire>) =>
  fc
    .tuple(fc.oneof(pathOperand, sizeOperand), literal(right), fc.boolean())
    .map(([left, constant, turned]): Condition => {
      const [one, two] = turned ? [constant, left] : [left, constant];
      return {
        text: (given) => `${one.text(given)} ${comparator} ${two.text(given)}`,
        holds: (attributes) => compares(comparator, one.of(attributes), two.of(attributes)),
      };
    });

const between = fc
  .tuple(fc.oneof(pathOperand, sizeOperand), scalar, scalar)
  .filter(([, low, high]) => (order(low, high) ?? 1) <= 0)
  .map(([tested, low, high]): Condition => ({
    text: (given) => `${tested.text(given)} BETWEEN ${given.value(low)} AND ${given.value(high)}`,
    holds: (attributes) =>
      compares('>=', tested.of(attributes), low) && compares('<=', tested.of(attributes), high),
  }));

const membership = fc
  .tuple(pathOperand, fc.array(value, { minLength: 1, maxLength: 3 }))
  .map(([tested, candidates]): Condition => ({
    text: (given) =>
      `${tested.text(given)} IN (${candidates.map((one) => given.value(one)).join(', ')})`,
    holds: (attributes) => candidates.some((one) => compares('=', tested.of(attributes), one)),
  }));

const call = (
  name: string,
  second: fc.Arbitrary<Wire>,
  holds: (standing: Wire | undefined, argument: Wire) => boolean,
) =>
  fc.tuple(pathOperand, second).map(([tested, argument]): Condition => ({
    text: (given) => `${name}(${tested.text(given)}, ${given.value(argument)})`,
    holds: (attributes) => holds(tested.of(attributes), argument),
  }));

const existence = fc.tuple(path, fc.boolean()).map(([steps, wanted]): Condition => ({
  text: (given) => `attribute_${wanted ? '' : 'not_'}exists(${given.path(steps)})`,
  holds: (attributes) => (at(attributes, steps) !== undefined) === wanted,
}));
const TYPES = ['S', 'N', 'B', 'BOOL', 'NULL', 'SS', 'NS', 'BS', 'L', 'M'];
const functions = [
  existence,
  call('attribute_type', fc.constantFrom(...TYPES.map((S) => ({ S }))), (standing, { S }) =>
    standing ? typeOf(standing) === S : false,
  ),
  call(
    'begins_with',
    scalar.filter((one) => !('N' in one)),
    (standing, start) => beginsWith(standing, start),
  ),
  call('contains', value, (standing, wanted) => contains(standing, wanted)),
];

function beginsWith(standing: Wire | undefined, start: Wire): boolean {
  const type = typeOf(start);
  const [whole, wanted] = [standing?.[type], start[type]] as [string | undefined, string];
  if (whole === undefined) return false;
  return (type === 'S' ? whole : atob(whole)).startsWith(type === 'S' ? wanted : atob(wanted));
}

function contains(standing: Wire | undefined, wanted: Wire): boolean {
  if (!standing) return false;
  const [[type, content]] = Object.entries(standing) as [[string, unknown]];
  const wantedType = typeOf(wanted);
  if (type === 'L') return (content as Wire[]).some((one) => canonical(one) === canonical(wanted));
  if (type === 'S' || type === 'B') {
    if (type !== wantedType) return false;
    const [whole, part] = [content as string, wanted[type] as string];
    return type === 'S' ? whole.includes(part) : atob(whole).includes(atob(part));
  }
  if (!['SS', 'NS', 'BS'].includes(type) || wantedType !== type[0]) return false;
  const members = (content as string[]).map((one) => canonical({ [wantedType]: one }));
  return members.includes(canonical(wanted));
}

const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4 },
    ...EQUALITIES.map((comparator) => comparison(comparator, value)),
    ...Object.keys(ORDERS).map((comparator) => comparison(comparator, scalar)),
    between,
    membership,
    ...functions,
    tie('condition').map(negation),
    fc.tuple(fc.constantFrom('AND', 'OR'), tie('condition'), tie('condition')).map(junction),
  ),
}));

function negation(inner: Condition): Condition {
  return {
    text: (given) => `NOT (${inner.text(given)})`,
    holds: (attributes) => !inner.holds(attributes),
  };
}

function junction([word, one, two]: [string, Condition, Condition]): Condition {
  return {
    text: (given) => `(${one.text(given)}) ${word} (${two.text(given)})`,
    holds: (attributes) =>
      word === 'AND'
        ? one.holds(attributes) && two.holds(attributes)
        : one.holds(attributes) || two.holds(attributes),
  };
}

test('conditions hold where a simple model says so', () => {
  const seen = { true: 0, false: 0 };
  fc.assert(
    fc.property(condition, item, (tested, attributes) => {
      const placeholders = new Placeholders();
      const FilterExpression = tested.text(placeholders);
      const { filter } = readExpressions(
        { FilterExpression, ...structuredClone(placeholders.parameters) },
        'FilterExpression',
      );
      const admitted = admitItem(structuredClone(attributes)).item;
      const expected = tested.holds(attributes);
      seen[`${expected}`] += 1;
      expect(testOf(filter!)(admitted), FilterExpression).toBe(expected);
    }),
    { numRuns: 3_000 },
  );
  expect(Math.min(seen.true, seen.false)).toBeGreaterThan(300);
});

/** What is left of a value when only what the paths select is kept. */
function kept(wire: Wire, here: Path, selected: readonly Path[]): Wire | undefined {
  if (selected.some((one) => JSON.stringify(one) === JSON.stringify(here))) return wire;
  const [[type, content]] = Object.entries(wire) as [[string, unknown]];
  if (type === 'L') {
    const elements = (content as Wire[]).flatMap(
      (one, index) => kept(one, [...here, index], selected) ?? [],
    );
    return elements.length > 0 ? { L: elements } : undefined;
  }
  if (type !== 'M') return undefined;
  const members = keptMembers(content as WireItem, here, selected);
  return Object.keys(members).length > 0 ? { M: members } : undefined;
}

function keptMembers(attributes: WireItem, here: Path, selected: readonly Path[]): WireItem {
  const entries = Object.entries(attributes).flatMap(([name, one]) => {
    const part = kept(one, [...here, name], selected);
    return part ? [[name, part] as const] : [];
  });
  return Object.fromEntries(entries);
}

test('projections keep what a simple model keeps', () => {
  let nonEmpty = 0;
  fc.assert(
    fc.property(paths, item, (selected, attributes) => {
      const placeholders = new Placeholders();
      const ProjectionExpression = selected.map((one) => placeholders.path(one)).join(', ');
      const { projection } = readExpressions(
        { ProjectionExpression, ...placeholders.parameters },
        'ProjectionExpression',
      );
      const expected = keptMembers(attributes, [], selected);
      if (Object.keys(expected).length > 0) nonEmpty += 1;
      const admitted = admitItem(structuredClone(attributes)).item;
      expect(canonicalItem(selectionOf(projection!)(admitted))).toBe(canonicalItem(expected));
    }),
    { numRuns: 2_000 },
  );
  expect(nonEmpty).toBeGreaterThan(300);
});
