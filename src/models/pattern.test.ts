import { expect, test } from 'vitest';
import { loadModel, serviceNames } from './load.ts';
import { patternOf } from './pattern.ts';

test('every modelled pattern can be matched', () => {
  const patterns = serviceNames()
    .flatMap((service) => Object.values(loadModel(service).shapes))
    .flatMap((shape) => ('pattern' in shape && shape.pattern ? [shape.pattern] : []));
  expect(patterns.length).toBeGreaterThan(400);
  for (const pattern of patterns) expect(() => patternOf(pattern)).not.toThrow();
});

test.each([
  // What is modelled, what it takes, what it refuses.
  ['[\\w+=,.@-]+', 'a.b-c@d', 'a b!'],
  ['[a-zA-Z0-9_.-]+', 'table-1', 'table 1'],
  ['(?i)all|[0-9]{12}', 'ALL', '12'],
  ['\\p{Print}+', 'a ~', 'a\n'],
  ['[\\p{ASCII}]+', 'a\n', 'ä'],
  ['[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*', 'Größe 7', 'a;b'],
  ['[\\w-_]*', 'a-b_c', 'a+b'],
  ['^\\/[\\w\\.\\-\\:\\/]*$', '/a:b-c', 'a:b'],
  ['[!-~]+', 'a!', 'a b'],
])('%s matches %j as a whole, and not %j', (pattern, taken, refused) => {
  expect(patternOf(pattern).test(taken)).toBe(true);
  expect(patternOf(pattern).test(refused)).toBe(false);
});
