import type { Key } from '../../../storage/engine.ts';
import { after } from '../../../storage/keys.ts';
import { invalidParameters, validation } from '../errors.ts';
import type { AttributeValue } from './attribute-value.ts';
import type { KeyTest } from './expressions/key-condition.ts';
import { keyAttributes, partition, rangeBytes } from './keys.ts';
import type { KeyShape } from './keys.ts';
import { startingWith, successor } from './pages.ts';
import type { Span } from './pages.ts';

/**
 * The keys that a Query's tests select; refuses tests that the key cannot answer. Every attribute
 * of the partition key is tested for equality; those of the sort key from the left, all but the
 * last for equality.
 */
export function spanOf(shape: KeyShape, tests: ReadonlyMap<string, KeyTest>): Span {
  const { hash, range } = shape;
  const most = hash.length + Math.max(1, range.length);
  if (tests.size > most) {
    throw validation(`Conditions can be of length 1 or ${most} only`);
  }
  if (range.length === 0 && tests.size > hash.length) {
    throw validation('Query key condition not supported');
  }
  checkTests(shape, tests);
  const prefix = partition(
    shape,
    hash.map(({ name }) => tests.get(name)!.values[0]!),
  );
  const tested = range.flatMap(({ name }) => tests.get(name) ?? []);
  const last = tested.at(-1);
  if (!last) return startingWith(prefix);
  const fixed = tested.slice(0, -1).map(({ values }) => values[0]!);
  return within(shape, prefix, fixed, last);
}

function checkTests(shape: KeyShape, tests: ReadonlyMap<string, KeyTest>): void {
  const { hash } = shape;
  const attributes = keyAttributes(shape);
  for (const [at, { name, type }] of attributes.entries()) {
    const test = tests.get(name);
    const goesOn = at < hash.length || tests.size > at;
    if (!test && goesOn) {
      throw validation(`Query condition missed key schema element: ${name}`);
    }
    if (!test) continue;
    if (!test.values.every((value) => type in value)) {
      throw invalidParameters('Condition parameter type does not match schema type');
    }
    const mustEqual = at < hash.length || tests.size > at + 1;
    if (mustEqual && test.operator !== '=') throw validation('Query key condition not supported');
  }
}

function within(
  shape: KeyShape,
  prefix: Key,
  fixed: readonly AttributeValue[],
  { operator, values }: KeyTest,
): Span {
  const fixedPrefix = Buffer.concat([prefix, rangeBytes(shape, fixed)]);
  const whole = startingWith(fixedPrefix);
  const exactly = (value: AttributeValue): Span =>
    spanAt(shape, Buffer.concat([prefix, rangeBytes(shape, [...fixed, value])]));
  const [first, second] = values;
  const at = exactly(first!);
  switch (operator) {
    case '=':
      return at;
    case '<':
      return { from: whole.from, to: at.from };
    case '<=':
      return { from: whole.from, to: at.to };
    case '>':
      return { from: at.to, to: whole.to };
    case '>=':
      return { from: at.from, to: whole.to };
    case 'between':
      return { from: at.from, to: exactly(second!).to };
    case 'begins_with': {
      if ('N' in first!) {
        throw invalidParameters(
          'ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type',
        );
      }
      const beginning = rangeBytes(shape, [...fixed, first!], { open: true });
      return startingWith(Buffer.concat([prefix, beginning]));
    }
  }
}

/** A table's sort key is one place, an index's the beginning of many. */
function spanAt(shape: KeyShape, place: Key): Span {
  return { from: place, to: shape.items ? after(place) : successor(place) };
}
