import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { NOBODY_ELSE } from '../domain/sharing.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Leave to make volumes of it is the one attribute that AWS resets. */
export const resetSnapshotAttribute = operation(model.ResetSnapshotAttribute, {
  recorded: true,
  authorize: ({ SnapshotId }, { caller }: Ec2Scope) =>
    onResource('ResetSnapshotAttribute', kinds.snapshot, SnapshotId, caller),
  async handle({ SnapshotId: id, Attribute }, { caller: { account, region }, snapshots }) {
    if (!id) throw errors.missingParameter('snapshotId');
    if (Attribute !== 'createVolumePermission') {
      throw errors.invalidValue(Attribute ?? '', 'attribute', 'It cannot be reset.');
    }
    await snapshots.change({ account, region, id }, (snapshot) => ({
      ...snapshot,
      sharing: NOBODY_ELSE,
    }));
    return {};
  },
});
