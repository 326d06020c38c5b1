import { expect, it } from 'vitest';
import { readTree } from './tree.ts';

const tree = {
  'meta-data': {
    'instance-id': 'i-1',
    'public-ipv4': undefined,
    network: { interfaces: { macs: { '02:00': { mac: '02:00' } } } },
  },
};

it('gives leaves, and the children of directories with a slash behind those that have some', () => {
  expect(readTree(tree, 'meta-data/instance-id')).toBe('i-1');
  expect(readTree(tree, 'meta-data')).toBe('instance-id\nnetwork/');
  expect(readTree(tree, 'meta-data/network/interfaces/macs/02:00')).toBe('mac');
});

it.each(['meta-data/public-ipv4', 'meta-data/instance-id/x', 'nothing', 'meta-data/constructor'])(
  'has nothing at %s',
  (path) => {
    expect(readTree(tree, path)).toBeUndefined();
  },
);
