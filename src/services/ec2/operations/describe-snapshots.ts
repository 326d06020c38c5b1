import type { Snapshot } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import { isPublic, isSharedWith } from '../domain/sharing.ts';
import { wireSnapshot } from '../domain/snapshots/snapshot.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<Snapshot> = {
  description: (snapshot) => snapshot.Description,
  encrypted: (snapshot) => snapshot.Encrypted,
  'owner-alias': (snapshot) => snapshot.OwnerAlias,
  'owner-id': (snapshot) => snapshot.OwnerId,
  progress: (snapshot) => snapshot.Progress,
  'snapshot-id': (snapshot) => snapshot.SnapshotId,
  'start-time': (snapshot) => snapshot.StartTime,
  status: (snapshot) => snapshot.State,
  'storage-tier': (snapshot) => snapshot.StorageTier,
  'transfer-type': (snapshot) => snapshot.TransferType,
  'volume-id': (snapshot) => snapshot.VolumeId,
  'volume-size': (snapshot) => snapshot.VolumeSize,
};

/** The caller's own and those that were shared. The catalogue's images have none that can be used. */
export const describeSnapshots = operation(model.DescribeSnapshots, {
  async handle(input, { caller, clock, compute, realize, snapshots, tags }: Ec2Scope) {
    realize(compute.driver.realization);
    const now = clock.now();
    const usable = await snapshots.usable(caller);
    const byId = new Map(usable.map((each) => [each.id, each]));
    const all = await tags.join(
      caller,
      usable.map((each) => wireSnapshot(each, now)),
      (each) => each.SnapshotId,
    );
    const owners = input.OwnerIds?.map((owner) => (owner === 'self' ? caller.account : owner));
    const users = input.RestorableByUserIds?.map((u) => (u === 'self' ? caller.account : u));
    const { found, NextToken } = select(all, input, {
      id: (snapshot) => snapshot.SnapshotId,
      ids: { kind: kinds.snapshot, given: input.SnapshotIds },
      only: ({ SnapshotId, OwnerId = '' }) => {
        const snapshot = byId.get(SnapshotId)!;
        const restorable = (user: string) =>
          user === 'all' ? isPublic(snapshot) : user === OwnerId || isSharedWith(snapshot, user);
        return (
          (!owners?.length || owners.includes(OwnerId)) &&
          (!users?.length || users.some(restorable))
        );
      },
      filters,
    });
    return { Snapshots: found, NextToken };
  },
});
