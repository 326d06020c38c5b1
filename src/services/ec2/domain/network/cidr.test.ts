import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cidrText, contains, overlaps, parseCidr, type Cidr } from './cidr.ts';

/** Blocks of the sixteen addresses 10.0.0.0 to 10.0.0.15, few enough to be counted one by one. */
const small = fc
  .tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 28, max: 32 }))
  .map(([last, prefix]) => parseCidr(`10.0.0.${last}/${prefix}`, 4)!);

function members({ first, prefix }: Cidr): Set<bigint> {
  return new Set(Array.from({ length: 2 ** (32 - prefix) }, (_, at) => first + BigInt(at)));
}

it('overlaps where blocks have an address in common, and contains where they have all', () => {
  fc.assert(
    fc.property(small, small, (one, other) => {
      const [ours, theirs] = [members(one), members(other)];
      expect(overlaps(one, other)).toBe([...theirs].some((address) => ours.has(address)));
      expect(contains(one, other)).toBe([...theirs].every((address) => ours.has(address)));
    }),
  );
});

it.each([
  ['10.1.2.3/16', 4, '10.1.0.0/16'],
  ['255.255.255.255/0', 4, '0.0.0.0/0'],
  ['2600:1F00:0:0:0:0:0:1/64', 6, '2600:1f00::/64'],
  ['::ffff:1.2.3.4/128', 6, '::ffff:102:304/128'],
] as const)('keeps %s without bits behind its prefix', (given, family, kept) => {
  expect(cidrText(parseCidr(given, family)!)).toBe(kept);
});

it.each([
  ['10.0.0.0', 4],
  ['10.0.0.0/33', 4],
  ['10.0.0/8', 4],
  ['10.0.0.0/8/8', 4],
  ['::/0', 4],
  ['10.0.0.0/8', 6],
  ['fe80::1%eth0/64', 6],
  ['::/129', 6],
] as const)('knows no block in %s', (given, family) => {
  expect(parseCidr(given, family)).toBeUndefined();
});

it('keeps the families apart', () => {
  expect(overlaps(parseCidr('0.0.0.0/0', 4)!, parseCidr('::/0', 6)!)).toBe(false);
});
