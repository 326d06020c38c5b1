import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { rootVolumeOwner, volumeRef } from '../domain/volumes/named.ts';
import type { Ec2Scope } from '../scope.ts';

/** No volume is ever found to be inconsistent, so the I/O of each is enabled already. */
export const enableVolumeIO = operation(model.EnableVolumeIO, {
  authorize: ({ VolumeId }, { caller }: Ec2Scope) =>
    onResource('EnableVolumeIO', kinds.volume, VolumeId, caller),
  async handle({ VolumeId }, scope) {
    const ref = volumeRef(VolumeId, scope);
    const isThere = (await scope.volumes.get(ref)) ?? (await rootVolumeOwner(ref.id, scope));
    if (!isThere) throw kinds.volume.notFound([ref.id]);
    return {};
  },
});
