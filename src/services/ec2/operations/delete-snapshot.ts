import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';
import { snapshotInUse } from '../snapshot-errors.ts';

export const deleteSnapshot = operation(model.DeleteSnapshot, {
  authorize: ({ SnapshotId }, { caller }: Ec2Scope) =>
    onResource('DeleteSnapshot', kinds.snapshot, SnapshotId, caller),
  async handle({ SnapshotId: id }, scope) {
    const { account, region } = scope.caller;
    scope.realize(scope.compute.driver.realization);
    if (!id) throw errors.missingParameter('snapshotId');
    checkIds(kinds.snapshot, [id]);
    const image = (await scope.images.own(scope.caller)).find(({ disks }) =>
      disks.some((disk) => disk.snapshotId === id),
    );
    if (image) throw snapshotInUse(id, image.id);
    await scope.snapshotOrders.delete({ account, region, id });
    return {};
  },
});
