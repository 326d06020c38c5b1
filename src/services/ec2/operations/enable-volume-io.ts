import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { volumeRef } from '../domain/volumes/named.ts';
import { thereIs } from '../domain/volumes/volumes.ts';
import type { Ec2Scope } from '../scope.ts';

/** No volume is ever found to be inconsistent, so the I/O of each is enabled already. */
export const enableVolumeIO = operation(model.EnableVolumeIO, {
  authorize: ({ VolumeId }, { caller }: Ec2Scope) =>
    onResource('EnableVolumeIO', kinds.volume, VolumeId, caller),
  async handle({ VolumeId }, scope) {
    const ref = volumeRef(VolumeId, scope);
    thereIs(await scope.volumes.get(ref), ref.id);
    return {};
  },
});
