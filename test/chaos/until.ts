import { setTimeout as sleep } from 'node:timers/promises';

/** Looks again until it is so; what never becomes so ends in the test's own time limit. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(100);
}
