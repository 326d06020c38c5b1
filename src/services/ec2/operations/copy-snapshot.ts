import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { regions } from '../domain/regions.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { copyOf } from '../domain/snapshots/copy.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Copies into the region that is called, out of any. */
export const copySnapshot = operation(model.CopySnapshot, {
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('CopySnapshot', kinds.snapshot, undefined, caller),
  async handle(input, scope) {
    const { caller, compute, snapshotOrders } = scope;
    scope.realize(compute.driver.realization);
    refuseMembers('CopySnapshot', input, ['KmsKeyId', 'DestinationOutpostArn']);
    const { SourceRegion, SourceSnapshotId, Description = '', Encrypted = false } = input;
    if (!SourceRegion) throw errors.missingParameter('sourceRegion');
    if (!SourceSnapshotId) throw errors.missingParameter('sourceSnapshotId');
    checkRegion(SourceRegion);
    const tags = tagsOfNew(caller, kinds.snapshot, input.TagSpecifications);
    const snapshot = await copyOf(SourceSnapshotId, SourceRegion, scope, {
      description: Description,
      encrypted: Encrypted,
    });
    await snapshotOrders.create([{ snapshot, tags }]);
    return { SnapshotId: snapshot.id, Tags: wireTags(tags) };
  },
});

function checkRegion(name: string): void {
  if (regions.some((region) => region.name === name)) return;
  throw errors.invalidValue(name, 'sourceRegion', 'There is no such region.');
}
