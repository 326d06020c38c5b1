import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { readDisk } from '../domain/imports/disks.ts';
import { wireSnapshotTask } from '../domain/imports/import-task.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Makes a snapshot of a disk of one's own, which AWS reads from S3. */
export const importSnapshot = operation(model.ImportSnapshot, {
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('ImportSnapshot', kinds.importSnapshotTask, undefined, caller),
  async handle(input, scope) {
    const { caller, compute, ids, importOrders, settings } = scope;
    scope.realize(compute.driver.realization);
    refuseMembers('ImportSnapshot', input, ['KmsKeyId']);
    if (!input.DiskContainer) throw errors.missingParameter('DiskContainer');
    const tags = tagsOfNew(caller, kinds.importSnapshotTask, input.TagSpecifications);
    const { ebsEncryptionByDefault = false } = await settings.get(caller);
    const description = input.Description ?? input.DiskContainer.Description;
    const task = await importOrders.create(
      {
        ...{ account: caller.account, region: caller.region, id: ids.resource('import-snap') },
        ...(description !== undefined && { description }),
        state: 'active',
        encrypted: input.Encrypted ?? ebsEncryptionByDefault,
        disks: [await readDisk(input.DiskContainer, 'DiskContainer', scope)],
      },
      input,
      tags,
    );
    return { ...wireSnapshotTask(task), Tags: wireTags(tags) };
  },
});
