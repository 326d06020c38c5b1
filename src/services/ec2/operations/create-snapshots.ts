import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import { newSnapshot } from '../domain/snapshots/new-snapshot.ts';
import { wireSnapshot } from '../domain/snapshots/snapshot.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Snapshots of an instance's volumes; each is of one moment, not all of the same one. */
export const createSnapshots = operation(model.CreateSnapshots, {
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('CreateSnapshots', kinds.snapshot, undefined, caller),
  async handle(input, scope) {
    const { caller, compute, instances, tags, snapshotOrders } = scope;
    scope.realize(compute.driver.realization);
    refuseMembers('CreateSnapshots', input, ['OutpostArn']);
    const {
      InstanceId,
      ExcludeBootVolume,
      ExcludeDataVolumeIds = [],
    } = input.InstanceSpecification ?? {};
    if (!InstanceId) throw errors.missingParameter('InstanceSpecification.InstanceId');
    checkIds(kinds.instance, [InstanceId]);
    const instance = await instances.get({ ...caller, id: InstanceId });
    if (!instance || instance.state === 'terminated') throw kinds.instance.notFound([InstanceId]);
    const given = tagsOfNew(caller, kinds.snapshot, input.TagSpecifications);
    const others = (instance.attached ?? []).map(({ volumeId }) => volumeId);
    const unknown = ExcludeDataVolumeIds.filter((id) => !others.includes(id));
    if (unknown.length > 0) throw kinds.volume.notFound(unknown);
    const chosen = [
      ...(ExcludeBootVolume ? [] : instance.volumes.map(({ id }) => id)),
      ...others.filter((id) => !ExcludeDataVolumeIds.includes(id)),
    ];
    const made = await Promise.all(
      chosen.map(async (id) => ({
        snapshot: await newSnapshot(id, input.Description ?? '', scope),
        tags:
          input.CopyTagsFromSource === 'volume'
            ? { ...(await tags.get(caller, id)), ...given }
            : given,
      })),
    );
    await snapshotOrders.create(made);
    return {
      Snapshots: made.map(({ snapshot, tags: own }) => {
        const { StorageTier: _, ...shown } = wireSnapshot(snapshot, scope.clock.now());
        return { ...shown, Tags: wireTags(own) };
      }),
    };
  },
});
