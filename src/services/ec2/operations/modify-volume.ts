import { AwsError } from '../../../kernel/aws-error.ts';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { wireModification } from '../domain/volumes/modification.ts';
import { volumeRef } from '../domain/volumes/named.ts';
import { performanceOf } from '../domain/volumes/performance.ts';
import { performance } from '../domain/volumes/volume.ts';
import { thereIs } from '../domain/volumes/volumes.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/**
 * Size changes on disk and in the guest's eyes; what is on the volume is the guest's to enlarge. AWS
 * makes one wait between two modifications; here the next one may follow at once.
 */
export const modifyVolume = operation(model.ModifyVolume, {
  authorize: ({ VolumeId }, { caller }: Ec2Scope) =>
    onResource('ModifyVolume', kinds.volume, VolumeId, caller),
  async handle(input, scope) {
    const { attachments, clock, compute } = scope;
    scope.realize(compute.driver.realization);
    refuseMembers('ModifyVolume', input, ['MultiAttachEnabled']);
    const ref = volumeRef(input.VolumeId, scope);
    const { Size, VolumeType, Iops, Throughput } = input;
    if ([Size, VolumeType, Iops, Throughput].every((each) => each === undefined)) {
      throw errors.missingParameter('size, volumeType, iops or throughput');
    }
    const startedAtMs = clock.now();
    const modified = await attachments.order(ref, attachments.growing, (found) => {
      const volume = thereIs(found, ref.id);
      if (volume.state !== 'available' && volume.state !== 'in-use') {
        throw new AwsError('IncorrectState', `The volume '${ref.id}' is '${volume.state}'.`);
      }
      if (volume.modification?.state === 'modifying') {
        throw new AwsError(
          'IncorrectModificationState',
          `Volume ${ref.id} cannot be modified in modification state MODIFYING`,
        );
      }
      const { gib, type, iops, throughput, ...rest } = volume;
      if (Size !== undefined && Size < gib) {
        throw errors.invalidParameter('New size cannot be smaller than existing size');
      }
      // What comes with a type stays with it; what was asked for goes along within the same type.
      const isSame = VolumeType === undefined || VolumeType === type;
      const next = performanceOf({
        type: VolumeType ?? type,
        gib: Size ?? gib,
        iops: Iops ?? (isSame && type !== 'gp2' ? iops : undefined),
        throughput: Throughput ?? (isSame ? throughput : undefined),
      });
      const modification = { original: performance(volume), startedAtMs };
      return { ...rest, ...next, modification: { ...modification, state: 'modifying' } };
    });
    return { VolumeModification: wireModification(modified)[0] };
  },
});
