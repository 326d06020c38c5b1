import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { restored } from '../domain/snapshots/tier.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

const MAX_DAYS = 180;

/** Restored at once; AWS takes up to three days. */
export const restoreSnapshotTier = operation(model.RestoreSnapshotTier, {
  recorded: true,
  authorize: ({ SnapshotId }, { caller }: Ec2Scope) =>
    onResource('RestoreSnapshotTier', kinds.snapshot, SnapshotId, caller),
  async handle(input, { caller, clock, snapshots }) {
    const { SnapshotId = '', TemporaryRestoreDays: days, PermanentRestore = false } = input;
    if (days === undefined && !PermanentRestore) {
      throw errors.missingParameter('TemporaryRestoreDays or PermanentRestore');
    }
    if (days !== undefined && PermanentRestore) {
      throw errors.combination(
        'You may specify TemporaryRestoreDays or PermanentRestore, but not both.',
      );
    }
    if (days !== undefined && (days < 1 || days > MAX_DAYS)) {
      throw errors.invalidValue(days, 'TemporaryRestoreDays', `Expected 1 to ${MAX_DAYS}.`);
    }
    const { account, region } = caller;
    const now = clock.now();
    const ref = { account, region, id: SnapshotId };
    await snapshots.change(ref, (snapshot) => restored(snapshot, days, now));
    return {
      SnapshotId,
      RestoreStartTime: new Date(now),
      ...(days !== undefined && { RestoreDuration: days }),
      IsPermanentRestore: PermanentRestore,
    };
  },
});
