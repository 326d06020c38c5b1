import type { Key } from '../../../storage/engine.ts';
import { invalidParameters, validation } from '../errors.ts';
import type { KeyTest } from './expressions/key-condition.ts';
import { keyAttributes, partition, rangeBytes } from './keys.ts';
import type { KeyAttribute, KeyShape } from './keys.ts';
import { startingWith, successor } from './pages.ts';
import type { Span } from './pages.ts';

/** The keys that a Query's tests select; refuses tests that the key cannot answer. */
export function spanOf(shape: KeyShape, tests: ReadonlyMap<string, KeyTest>): Span {
  const { hash, range } = shape;
  if (tests.size > 2) throw validation('Conditions can be of length 1 or 2 only');
  if (!range && tests.size > 1) throw validation('Query key condition not supported');
  for (const attribute of keyAttributes(shape)) {
    const test = tests.get(attribute.name);
    if (!test && (attribute === hash || tests.size > 1)) {
      throw validation(`Query condition missed key schema element: ${attribute.name}`);
    }
    if (test) checkTypes(attribute, test);
    if (test && attribute === hash && test.operator !== '=') {
      throw validation('Query key condition not supported');
    }
  }
  const prefix = partition(shape, tests.get(hash.name)!.values[0]!);
  const test = range && tests.get(range.name);
  return test ? within(prefix, range, test) : startingWith(prefix);
}

function checkTypes({ type }: KeyAttribute, { values }: KeyTest): void {
  if (values.every((value) => type in value)) return;
  throw invalidParameters('Condition parameter type does not match schema type');
}

function within(prefix: Key, range: KeyAttribute, { operator, values }: KeyTest): Span {
  const whole = startingWith(prefix);
  const [first, second] = values.map((value) => Buffer.concat([prefix, rangeBytes(range, value)]));
  const key = first!;
  switch (operator) {
    case '=':
      return { from: key, to: successor(key) };
    case '<':
      return { from: whole.from, to: key };
    case '<=':
      return { from: whole.from, to: successor(key) };
    case '>':
      return { from: successor(key), to: whole.to };
    case '>=':
      return { from: key, to: whole.to };
    case 'between':
      return { from: key, to: successor(second!) };
    case 'begins_with':
      return beginningWith(range, key);
  }
}

function beginningWith(range: KeyAttribute, key: Key): Span {
  if (range.type !== 'N') return startingWith(key);
  throw invalidParameters('ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type');
}
