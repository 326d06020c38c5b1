import { expect, test } from 'vitest';
import { allotmentOf, machinesThatFit } from './allotment.ts';

const host = { processors: 4, memoryMib: 16_384 };

test('a machine is given what its type has', () => {
  expect(allotmentOf({ vcpus: 2, memoryMib: 1024 }, host)).toEqual({ vcpus: 2, memoryMib: 1024 });
});

test('a large type is given what the host can spare', () => {
  const given = allotmentOf({ vcpus: 96, memoryMib: 393_216 }, host);
  expect(given).toEqual({ vcpus: 4, memoryMib: 2048 });
});

test('a small host still gives enough to boot', () => {
  const small = { processors: 1, memoryMib: 512 };
  expect(allotmentOf({ vcpus: 2, memoryMib: 1024 }, small)).toEqual({ vcpus: 1, memoryMib: 128 });
});

test('as many machines fit as find their memory', () => {
  const micro = { vcpus: 2, memoryMib: 1024 };
  expect(machinesThatFit(micro, 3000, allotmentOf(micro, host))).toBe(2);
  expect(machinesThatFit(micro, 1000, allotmentOf(micro, host))).toBe(0);
});
