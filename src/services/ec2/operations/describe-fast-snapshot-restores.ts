import type { DescribeFastSnapshotRestoreSuccessItem } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { select } from '../domain/select.ts';
import { wireRestore } from '../domain/snapshots/fast-restores.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<DescribeFastSnapshotRestoreSuccessItem> = {
  'availability-zone': (each) => each.AvailabilityZone,
  'availability-zone-id': (each) => each.AvailabilityZoneId,
  'owner-id': (each) => each.OwnerId,
  'snapshot-id': (each) => each.SnapshotId,
  state: (each) => each.State,
};

/** On AWS the first volumes are slower until they are optimized; here they never are. */
export const describeFastSnapshotRestores = operation(model.DescribeFastSnapshotRestores, {
  recorded: true,
  async handle(input, { caller, snapshots }: Ec2Scope) {
    const all = (await snapshots.usable(caller)).flatMap(({ id, fastRestores = [] }) =>
      fastRestores
        .filter(({ account }) => account === caller.account)
        .map((each) => wireRestore(id, each)),
    );
    const { found, NextToken } = select(all, input, {
      id: ({ SnapshotId }) => SnapshotId,
      order: ({ SnapshotId, AvailabilityZone }) => `${SnapshotId}/${AvailabilityZone}`,
      filters,
      page: { min: 0, max: 200 },
    });
    return { FastSnapshotRestores: found, NextToken };
  },
});
