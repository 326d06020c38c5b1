import { expect, test } from 'vitest';
import { Derived, isUnchanging } from './derived.ts';

test('a result is made again where one of its inputs is another, and else the same', () => {
  const labels = new Derived<{ readonly name: string }, { readonly text: string }>();
  const dish = { name: 'Omelette' };
  const label = (owner: object | undefined, name = 'none') =>
    labels.of(dish, [owner], () => ({ text: `${dish.name} of ${name}` }));
  const [ann, bob] = [{}, {}];
  expect(label(ann, 'Ann')).toEqual({ text: 'Omelette of Ann' });
  expect(label(ann, 'Ann')).toBe(label(ann, 'Ann'));
  expect(label(bob, 'Bob')).toEqual({ text: 'Omelette of Bob' });
  expect(label(undefined)).toEqual({ text: 'Omelette of none' });
});

test('results are known as unchanging, other objects are not', () => {
  const source = { name: 'Soup' };
  expect(isUnchanging(new Derived<object, object>().of(source, [], () => ({})))).toBe(true);
  expect(isUnchanging(source)).toBe(false);
});
