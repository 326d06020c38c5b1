import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { newSnapshot } from '../domain/snapshots/new-snapshot.ts';
import { wireSnapshot } from '../domain/snapshots/snapshot.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import type { Ec2Scope } from '../scope.ts';

/** Answers as soon as the order is on disk; the bytes are taken right after. */
export const createSnapshot = operation(model.CreateSnapshot, {
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('CreateSnapshot', kinds.snapshot, undefined, caller),
  async handle(input, scope) {
    scope.realize(scope.compute.driver.realization);
    refuseMembers('CreateSnapshot', input, ['OutpostArn']);
    const tags = tagsOfNew(scope.caller, kinds.snapshot, input.TagSpecifications);
    const snapshot = await newSnapshot(input.VolumeId, input.Description ?? '', scope);
    await scope.snapshotOrders.create([{ snapshot, tags }]);
    return { ...wireSnapshot(snapshot, scope.clock.now()), Tags: wireTags(tags) };
  },
});
