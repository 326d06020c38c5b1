import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareNumbers, normalizeNumber, numberSize } from './number.ts';

describe('normal form', () => {
  test.each([
    ['0', '0'],
    ['-0.00', '0'],
    ['+1', '1'],
    ['007', '7'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['1.50', '1.5'],
    ['-12e-1', '-1.2'],
    ['1E3', '1000'],
    ['1e-130', `0.${'0'.repeat(129)}1`],
    ['9e125', `9${'0'.repeat(125)}`],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
    [`${'1'.repeat(38)}000`, `${'1'.repeat(38)}000`],
  ])('%s is %s', (text, normal) => {
    expect(normalizeNumber(text)).toEqual({ normal });
  });

  test.each([
    ['', 'The parameter cannot be converted to a numeric value'],
    ['1,5', 'The parameter cannot be converted to a numeric value: 1,5'],
    [' 1', 'The parameter cannot be converted to a numeric value:  1'],
    ['.', 'The parameter cannot be converted to a numeric value: .'],
    ['1e126', expect.stringContaining('Number overflow')],
    ['1e-131', expect.stringContaining('Number underflow')],
    ['1'.repeat(39), 'Attempting to store more than 38 significant digits in a Number'],
  ])('%s is refused', (text, problem) => {
    expect(normalizeNumber(text)).toEqual({ problem });
  });
});

/** Whole numbers scaled by a power of ten, so that a plain comparison can tell their order. */
const scaled = fc.record({
  digits: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
  power: fc.integer({ min: -40, max: 40 }),
});

test('the ordered bytes compare as the numbers do', () => {
  fc.assert(
    fc.property(scaled, scaled, (a, b) => {
      const wanted =
        a.digits * 10n ** BigInt(a.power + 40) - b.digits * 10n ** BigInt(b.power + 40);
      const order = compareNumbers(`${a.digits}e${a.power}`, `${b.digits}e${b.power}`);
      expect(Math.sign(order)).toBe(wanted < 0n ? -1 : wanted > 0n ? 1 : 0);
    }),
    { numRuns: 500 },
  );
});

test('normal form keeps the value', () => {
  fc.assert(
    fc.property(scaled, ({ digits, power }) => {
      const text = `${digits}e${power}`;
      const number = normalizeNumber(text);
      expect('normal' in number && compareNumbers(number.normal, text)).toBe(0);
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['0', 1],
  ['5', 2],
  ['10', 2],
  ['105', 3],
  ['-105', 4],
  ['12.5', 3],
])('%s counts for %i bytes', (text, bytes) => {
  expect(numberSize(text)).toBe(bytes);
});
