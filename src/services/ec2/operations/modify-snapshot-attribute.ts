import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { changeAsked, changed } from '../domain/sharing.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';
import { publicAccessBlocked } from '../snapshot-errors.ts';

export const modifySnapshotAttribute = operation(model.ModifySnapshotAttribute, {
  recorded: true,
  authorize: ({ SnapshotId }, { caller }: Ec2Scope) =>
    onResource('ModifySnapshotAttribute', kinds.snapshot, SnapshotId, caller),
  async handle(input, { caller, settings, snapshots }) {
    const { SnapshotId: id, OperationType, UserIds, GroupNames: groups } = input;
    if (!id) throw errors.missingParameter('snapshotId');
    const older = { OperationType, UserIds, groups };
    const change = changeAsked(input.CreateVolumePermission, older);
    if (!change) throw errors.missingParameter('createVolumePermission');
    const { snapshotPublicAccess = 'unblocked' } = await settings.get(caller);
    if (snapshotPublicAccess !== 'unblocked' && change.Add?.some(({ Group }) => Group === 'all')) {
      throw publicAccessBlocked('snapshot');
    }
    const { account, region } = caller;
    await snapshots.change({ account, region, id }, (snapshot) => ({
      ...snapshot,
      sharing: changed(snapshot.sharing, change),
    }));
    return {};
  },
});
