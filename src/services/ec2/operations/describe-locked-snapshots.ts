import type { LockedSnapshotsInfo } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import { wireLock } from '../domain/snapshots/lock.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<LockedSnapshotsInfo> = { 'lock-state': (each) => each.LockState };

/** Those whose lock has expired are told, too; those that were never locked are not. */
export const describeLockedSnapshots = operation(model.DescribeLockedSnapshots, {
  recorded: true,
  async handle(input, { caller, clock, snapshots }: Ec2Scope) {
    const now = clock.now();
    const all = (await snapshots.usable(caller))
      .filter(({ account }) => account === caller.account)
      .map((each) => ({ OwnerId: each.account, ...wireLock(each, now) }));
    const { found, NextToken } = select<LockedSnapshotsInfo>(all, input, {
      id: ({ SnapshotId }) => SnapshotId,
      ids: { kind: kinds.snapshot, given: input.SnapshotIds },
      only: ({ LockState }) => LockState !== undefined,
      filters,
    });
    return { Snapshots: found, NextToken };
  },
});
