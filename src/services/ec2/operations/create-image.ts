import { arnOf } from '../../../kernel/arn.ts';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { checkName } from '../domain/images/names.ts';
import type { OwnImage } from '../domain/images/own-image.ts';
import { snapshotsForImage } from '../domain/images/snapshots-for-image.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import { checkTaggedTypes, tagsFor } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/**
 * Answers as soon as the order is on disk. An instance that runs is switched off while its disks are
 * copied, unless `NoReboot` says otherwise: then they are as after a power failure.
 */
export const createImage = operation(model.CreateImage, {
  authorize: ({ InstanceId = '*' }, { caller }: Ec2Scope) =>
    [`instance/${InstanceId}`, 'image/*'].map((resource) => ({
      action: 'ec2:CreateImage',
      resource: arnOf(caller, 'ec2', resource),
    })),
  async handle(input, scope) {
    const { caller, clock, ids, compute, instances, imageOrders } = scope;
    scope.realize(compute.driver.realization);
    refuseMembers('CreateImage', input, ['BootModeOverride']);
    const { InstanceId, Description, NoReboot = false } = input;
    if (!InstanceId) throw errors.missingParameter('instanceId');
    checkIds(kinds.instance, [InstanceId]);
    const name = checkName(input.Name);
    const instance = await instances.get({ ...caller, id: InstanceId });
    if (!instance) throw kinds.instance.notFound([InstanceId]);
    if (!['running', 'stopping', 'stopped'].includes(instance.state)) {
      throw errors.incorrectState(
        `The instance '${InstanceId}' is not in a state from which it can be imaged.`,
      );
    }
    checkTaggedTypes(input.TagSpecifications, [kinds.image, kinds.snapshot]);
    const { disks, made } = await snapshotsForImage(instance, input.BlockDeviceMappings, scope);
    const { account, region } = caller;
    const image: OwnImage = {
      ...{ account, region, id: ids.resource('ami'), name },
      ...(Description !== undefined && { description: Description }),
      architecture: instance.architecture,
      createdAtMs: clock.now(),
      state: 'pending',
      rootDeviceName: instance.rootDeviceName,
      disks,
      imageKey: instance.imageKey,
      rootCopy: compute.of(instance.driver).rootCopies ?? 'raw',
      requiresImdsV2: false,
      enaSupport: true,
      sriovNetSupport: 'simple',
      source: { instanceId: InstanceId, imageId: instance.imageId, region },
    };
    const tags = tagsFor(caller, kinds.snapshot, input.TagSpecifications);
    await imageOrders.create(
      image,
      tagsFor(caller, kinds.image, input.TagSpecifications),
      made.map((snapshot) => ({
        snapshot: {
          ...snapshot,
          description: `Created by CreateImage(${InstanceId}) for ${image.id}`,
        },
        tags,
      })),
      NoReboot ? undefined : { account, region, id: InstanceId },
    );
    return { ImageId: image.id };
  },
});
