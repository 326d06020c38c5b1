import { expect, test } from 'vitest';
import type { Waiter } from '../models/waiter.ts';
import { wait, type Attempt } from './wait.ts';
import { ServiceError } from './wire/service-error.ts';

const argument = 'Reservations[].Instances[].State.Name';
const waiter: Waiter = {
  operation: 'DescribeInstances',
  delay: 15,
  maxAttempts: 2,
  acceptors: [
    { state: 'success', matcher: 'pathAll', argument, expected: 'running' },
    { state: 'failure', matcher: 'pathAny', argument, expected: 'terminated' },
    { state: 'retry', matcher: 'error', expected: 'InvalidInstanceID.NotFound' },
  ],
};

const states = (...names: string[]): Attempt => ({
  status: 200,
  output: { Reservations: [{ Instances: names.map((Name) => ({ State: { Name } })) }] },
});

const refusal = (code: string): Attempt => ({
  status: 400,
  error: new ServiceError(code, 'no', 400, 'DescribeInstances'),
});

/** Runs a waiter over attempts laid out beforehand; gives how long it would have slept. */
async function waited(attempts: Attempt[], delaySeconds?: number): Promise<number> {
  let sleptMs = 0;
  await wait('InstanceRunning', waiter, async () => attempts.shift()!, {
    ...(delaySeconds !== undefined && { delaySeconds }),
    sleep: async (ms) => {
      sleptMs += ms;
    },
  });
  return sleptMs;
}

test('waits until all are in the state', async () => {
  expect(await waited([states('pending', 'running'), states('running', 'running')])).toBe(15_000);
});

test('an empty answer is no success, a known error is asked again', async () => {
  expect(await waited([refusal('InvalidInstanceID.NotFound'), states('running')])).toBe(15_000);
  await expect(waited([states(), states()])).rejects.toThrow(
    'Waiter InstanceRunning failed: Max attempts exceeded',
  );
});

test('asks more often in the same time', async () => {
  const attempts = Array.from({ length: 29 }, () => states('pending'));
  expect(await waited([...attempts, states('running')], 1)).toBe(29_000);
});

test('ends at the failure state and at an unknown error', async () => {
  await expect(waited([states('running', 'terminated')])).rejects.toThrow(
    `Waiter encountered a terminal failure state: For expression "${argument}" we matched expected pathAny: "terminated"`,
  );
  await expect(waited([refusal('UnauthorizedOperation')])).rejects.toThrow(
    'An error occurred (UnauthorizedOperation) when calling the DescribeInstances operation: no',
  );
});
