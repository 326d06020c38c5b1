import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import { wireSharing } from '../domain/sharing.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

export const describeSnapshotAttribute = operation(model.DescribeSnapshotAttribute, {
  recorded: true,
  async handle({ SnapshotId, Attribute }, { caller, snapshots }: Ec2Scope) {
    if (!SnapshotId) throw errors.missingParameter('snapshotId');
    checkIds(kinds.snapshot, [SnapshotId]);
    const { account, region } = caller;
    const snapshot = await snapshots.get({ account, region, id: SnapshotId });
    if (!snapshot || snapshot.state === 'deleting') throw kinds.snapshot.notFound([SnapshotId]);
    switch (Attribute) {
      case undefined:
        throw errors.missingParameter('attribute');
      case 'createVolumePermission':
        return { SnapshotId, CreateVolumePermissions: wireSharing(snapshot) };
      case 'productCodes':
        return { SnapshotId, ProductCodes: [] };
      default:
        throw errors.invalidValue(Attribute, 'attribute', 'Unknown snapshot attribute.');
    }
  },
});
