import type { LockSnapshotRequest } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { oneOf } from '../domain/launch/settings.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { locked, wireLock, type LockTerm, type SnapshotLock } from '../domain/snapshots/lock.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

const DAY_MS = 24 * 3_600_000;
const MAX_DAYS = 36_500;
const MAX_COOL_OFF_HOURS = 72;

export const lockSnapshot = operation(model.LockSnapshot, {
  recorded: true,
  authorize: ({ SnapshotId }, { caller }: Ec2Scope) =>
    onResource('LockSnapshot', kinds.snapshot, SnapshotId, caller),
  async handle(input, { caller, clock, snapshots }) {
    const { account, region } = caller;
    const now = clock.now();
    const ref = { account, region, id: input.SnapshotId ?? '' };
    const lock = lockAsked(input, now);
    await snapshots.change(ref, (snapshot) => locked(snapshot, lock, now));
    return wireLock(await snapshots.find(ref.id, caller), now);
  },
});

/** @throws MissingParameter, InvalidParameterValue, InvalidParameterCombination */
function lockAsked(input: LockSnapshotRequest, nowMs: number): SnapshotLock {
  if (input.LockMode === undefined) throw errors.missingParameter('LockMode');
  const mode = oneOf(['governance', 'compliance'], input.LockMode, 'LockMode');
  const { CoolOffPeriod: hours } = input;
  if (hours !== undefined && mode === 'governance') {
    throw errors.combination('A cooling-off period goes with the lock mode compliance only.');
  }
  if (hours !== undefined && (hours < 1 || hours > MAX_COOL_OFF_HOURS)) {
    throw errors.invalidValue(hours, 'CoolOffPeriod', `Expected 1 to ${MAX_COOL_OFF_HOURS}.`);
  }
  return {
    mode,
    createdAtMs: nowMs,
    term: termAsked(input, nowMs),
    ...(hours !== undefined && { coolOffHours: hours }),
  };
}

function termAsked(
  { LockDuration: days, ExpirationDate }: LockSnapshotRequest,
  nowMs: number,
): LockTerm {
  if (days !== undefined && ExpirationDate !== undefined) {
    throw errors.combination('You may specify LockDuration or ExpirationDate, but not both.');
  }
  if (ExpirationDate !== undefined) {
    const untilMs = ExpirationDate.getTime();
    if (untilMs < nowMs + DAY_MS || untilMs > nowMs + MAX_DAYS * DAY_MS) {
      throw errors.invalidValue(
        ExpirationDate.toISOString(),
        'ExpirationDate',
        `It must be between 1 and ${MAX_DAYS} days from now.`,
      );
    }
    return { untilMs };
  }
  if (days === undefined) throw errors.missingParameter('LockDuration or ExpirationDate');
  if (days < 1 || days > MAX_DAYS) {
    throw errors.invalidValue(days, 'LockDuration', `Expected 1 to ${MAX_DAYS}.`);
  }
  return { days };
}
