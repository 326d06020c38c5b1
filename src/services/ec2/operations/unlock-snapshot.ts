import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { unlocked } from '../domain/snapshots/lock.ts';
import type { Ec2Scope } from '../scope.ts';

export const unlockSnapshot = operation(model.UnlockSnapshot, {
  recorded: true,
  authorize: ({ SnapshotId }, { caller }: Ec2Scope) =>
    onResource('UnlockSnapshot', kinds.snapshot, SnapshotId, caller),
  async handle({ SnapshotId = '' }, { caller, clock, snapshots }) {
    const { account, region } = caller;
    const now = clock.now();
    const ref = { account, region, id: SnapshotId };
    await snapshots.change(ref, (snapshot) => unlocked(snapshot, now));
    return { SnapshotId };
  },
});
