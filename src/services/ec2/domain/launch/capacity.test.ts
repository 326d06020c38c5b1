import { expect, test } from 'vitest';
import { whatFits } from './plan.ts';

const type = {
  InstanceType: 't3.micro',
  VCpuInfo: { DefaultVCpus: 2 },
  MemoryInfo: { SizeInMiB: 1024 },
} as const;
const hostFor = (machines: number) => ({ capacity: () => Promise.resolve(machines) });

test('a launch gets as many instances as fit, up to MaxCount', async () => {
  expect(await whatFits(hostFor(3), type, 1, 5)).toBe(3);
  expect(await whatFits(hostFor(Infinity), type, 1, 5)).toBe(5);
});

test('a launch of which MinCount does not fit is refused', async () => {
  await expect(whatFits(hostFor(1), type, 2, 5)).rejects.toMatchObject({
    code: 'InsufficientInstanceCapacity',
    status: 500,
  });
});
