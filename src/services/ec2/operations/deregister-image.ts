import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { checkUnprotected } from '../domain/images/availability.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { isLocked } from '../domain/snapshots/lock.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Instances that were launched from it stay, and so do its snapshots unless they are to go with it. */
export const deregisterImage = operation(model.DeregisterImage, {
  authorize: ({ ImageId }, { caller }: Ec2Scope) =>
    onResource('DeregisterImage', kinds.image, ImageId, caller),
  async handle({ ImageId: id, DeleteAssociatedSnapshots = false }, scope) {
    const { account, region } = scope.caller;
    const { images, imageOrders, snapshots, snapshotOrders, clock } = scope;
    if (!id) throw errors.missingParameter('imageId');
    const image = await images.mine({ account, region, id });
    checkUnprotected(image, clock.now());
    await imageOrders.deregister(image);
    if (!DeleteAssociatedSnapshots) return { Return: true };
    const others = await images.own(scope.caller);
    const used = new Set(others.flatMap(({ disks }) => disks.map((disk) => disk.snapshotId)));
    const DeleteSnapshotResults = await Promise.all(
      image.disks
        .flatMap(({ snapshotId }) => snapshotId ?? [])
        .map(async (SnapshotId) => {
          const ref = { account, region, id: SnapshotId };
          if (used.has(SnapshotId)) return { SnapshotId, ReturnCode: 'skipped' as const };
          const snapshot = await snapshots.get(ref);
          if (!snapshot) return { SnapshotId, ReturnCode: 'missing-permissions' as const };
          if (isLocked(snapshot, clock.now())) {
            return { SnapshotId, ReturnCode: 'client-error' as const };
          }
          await snapshotOrders.delete(ref);
          return { SnapshotId, ReturnCode: 'success' as const };
        }),
    );
    return { Return: true, DeleteSnapshotResults };
  },
});
