import type { SnapshotTierStatus } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { select } from '../domain/select.ts';
import type { Snapshot } from '../domain/snapshots/snapshot.ts';
import { isArchived } from '../domain/snapshots/tier.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<SnapshotTierStatus> = {
  'snapshot-id': (status) => status.SnapshotId,
  'volume-id': (status) => status.VolumeId,
  'last-tiering-operation': (status) => status.LastTieringOperationStatus,
};

export const describeSnapshotTierStatus = operation(model.DescribeSnapshotTierStatus, {
  recorded: true,
  async handle(input, { caller, clock, snapshots, tags }: Ec2Scope) {
    const now = clock.now();
    const own = (await snapshots.usable(caller)).filter(
      ({ account }) => account === caller.account,
    );
    const all = await tags.join(
      caller,
      own.map((each) => wireTier(each, now)),
      ({ SnapshotId }) => SnapshotId,
    );
    const { found, NextToken } = select(all, input, {
      id: ({ SnapshotId }) => SnapshotId,
      filters,
    });
    return { SnapshotTierStatuses: found, NextToken };
  },
});

function wireTier(snapshot: Snapshot, nowMs: number): SnapshotTierStatus {
  const { id, volumeId, account, state, tiering } = snapshot;
  const isBack = isArchived(snapshot, nowMs);
  const kind = isBack ? 'archival' : tiering?.kind;
  const { restoredUntilMs } = tiering ?? {};
  return {
    SnapshotId: id,
    VolumeId: volumeId,
    Status: state === 'deleting' ? 'completed' : state,
    OwnerId: account,
    StorageTier: isBack ? 'archive' : 'standard',
    ...(tiering && {
      LastTieringStartTime: new Date(tiering.startedAtMs),
      LastTieringProgress: 100,
      ...(kind && { LastTieringOperationStatus: `${kind}-completed` as const }),
      ArchivalCompleteTime: new Date(tiering.archivedAtMs),
    }),
    ...(restoredUntilMs !== undefined &&
      !isBack && { RestoreExpiryTime: new Date(restoredUntilMs) }),
  };
}
