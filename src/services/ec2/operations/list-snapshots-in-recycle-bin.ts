import type { SnapshotRecycleBinInfo } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

/** Nobody can make retention rules, so nothing that is deleted is kept. */
export const listSnapshotsInRecycleBin = operation(model.ListSnapshotsInRecycleBin, {
  async handle(input, _scope: Ec2Scope) {
    const snapshots: SnapshotRecycleBinInfo[] = [];
    const { found, NextToken } = select(snapshots, input, {
      id: (each) => each.SnapshotId,
      ids: { kind: kinds.snapshot, given: input.SnapshotIds },
      filters: {},
    });
    return { Snapshots: found, NextToken };
  },
});
