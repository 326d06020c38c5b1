import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { namedInstance, onInstances } from '../domain/instances/named.ts';
import { realizationOf } from '../domain/machines/realization.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { wireReplacement } from '../domain/root-replacements/replacement.ts';
import { sourceOf } from '../domain/root-replacements/source.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import { checkKeepsRoots } from '../domain/volumes/device.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Answers as soon as the order is on disk; the instance restarts with what it asks for. */
export const createReplaceRootVolumeTask = operation(model.CreateReplaceRootVolumeTask, {
  authorize: (input, { caller }: Ec2Scope) =>
    onInstances('CreateReplaceRootVolumeTask', [input.InstanceId], caller),
  async handle(input, scope) {
    const { caller, clock, ids, compute, rootReplacements } = scope;
    refuseMembers('CreateReplaceRootVolumeTask', input, ['VolumeId', 'VolumeInitializationRate']);
    const instance = await namedInstance(input.InstanceId, scope);
    scope.realize(realizationOf(compute.driver, [instance]));
    const driver = compute.of(instance.driver);
    checkKeepsRoots(driver);
    const tags = tagsOfNew(caller, kinds.replaceRootVolumeTask, input.TagSpecifications);
    const [root] = instance.volumes;
    if (instance.state !== 'running' || !root) {
      throw errors.incorrectState(`The instance '${instance.id}' is not in the 'running' state.`);
    }
    const { SnapshotId: snapshotId, ImageId: imageId } = input;
    const task = {
      ...{ account: caller.account, region: caller.region, id: ids.resource('replacevol') },
      ...{ instanceId: instance.id, state: 'pending' as const, startedAtMs: clock.now() },
      ...{ replacedId: root.id, volumeId: ids.resource('vol') },
      deletesReplaced: input.DeleteReplacedRootVolume ?? false,
      ...(snapshotId && { snapshotId }),
      ...(imageId && { imageId }),
      source: await sourceOf(input, instance, driver, scope),
    };
    const made = await rootReplacements.create(task, input, tags);
    return { ReplaceRootVolumeTask: { ...wireReplacement(made), Tags: wireTags(tags) } };
  },
});
