import { expect, test } from 'vitest';
import { allotmentOf, guestsThatFit, machinesThatFit } from './allotment.ts';

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
  const given = allotmentOf(micro, host);
  expect(machinesThatFit(micro, [], { availableMib: 3000, given })).toBe(2);
  expect(machinesThatFit(micro, [], { availableMib: 1000, given })).toBe(0);
});

test('what running machines have not touched yet is theirs', () => {
  const micro = { vcpus: 2, memoryMib: 1024 };
  const given = allotmentOf(micro, host);
  const running = [
    { given, usedMib: 200 },
    { given, usedMib: 1100 },
  ];
  expect(machinesThatFit(micro, running, { availableMib: 3000, given })).toBe(2);
  expect(machinesThatFit(micro, running, { availableMib: 800, given })).toBe(0);
});

test('of machines on one kernel a part of their memory is reckoned with', () => {
  const micro = { vcpus: 2, memoryMib: 1024 };
  expect(guestsThatFit(micro, [{ given: micro, usedMib: 56 }], 1224)).toBe(4);
});
