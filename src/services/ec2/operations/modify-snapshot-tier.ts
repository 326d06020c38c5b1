import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { oneOf } from '../domain/launch/settings.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { archived } from '../domain/snapshots/tier.ts';
import type { Ec2Scope } from '../scope.ts';
import { snapshotInUse } from '../snapshot-errors.ts';

/** Archived at once; AWS takes up to three days. A snapshot of an image stays where the image can be launched. */
export const modifySnapshotTier = operation(model.ModifySnapshotTier, {
  recorded: true,
  authorize: ({ SnapshotId }, { caller }: Ec2Scope) =>
    onResource('ModifySnapshotTier', kinds.snapshot, SnapshotId, caller),
  async handle({ SnapshotId = '', StorageTier = 'archive' }, scope) {
    const { caller, clock, images, snapshots } = scope;
    oneOf(['archive'], StorageTier, 'StorageTier');
    const { account, region } = caller;
    const image = (await images.own(caller)).find(
      ({ state, disks }) =>
        state !== 'disabled' && disks.some(({ snapshotId }) => snapshotId === SnapshotId),
    );
    if (image) throw snapshotInUse(SnapshotId, image.id);
    const now = clock.now();
    const ref = { account, region, id: SnapshotId };
    await snapshots.change(ref, (snapshot) => archived(snapshot, now));
    return { SnapshotId, TieringStartTime: new Date(now) };
  },
});
