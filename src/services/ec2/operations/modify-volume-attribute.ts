import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { volumeRef } from '../domain/volumes/named.ts';
import { thereIs } from '../domain/volumes/volumes.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Whether input and output are enabled again by themselves after a failure, of which there are none. */
export const modifyVolumeAttribute = operation(model.ModifyVolumeAttribute, {
  recorded: true,
  authorize: ({ VolumeId }, { caller }: Ec2Scope) =>
    onResource('ModifyVolumeAttribute', kinds.volume, VolumeId, caller),
  async handle({ VolumeId, AutoEnableIO }, scope) {
    const ref = volumeRef(VolumeId, scope);
    if (AutoEnableIO?.Value === undefined) throw errors.missingParameter('autoEnableIO');
    const autoEnableIo = AutoEnableIO.Value;
    await scope.volumes.change(ref, (found) => ({ ...thereIs(found, ref.id), autoEnableIo }));
    return {};
  },
});
