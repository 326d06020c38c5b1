import { AwsError } from '../../../kernel/aws-error.ts';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { volumeRef } from '../domain/volumes/named.ts';
import { thereIs } from '../domain/volumes/volumes.ts';
import type { Ec2Scope } from '../scope.ts';

export const deleteVolume = operation(model.DeleteVolume, {
  authorize: ({ VolumeId }, { caller }: Ec2Scope) =>
    onResource('DeleteVolume', kinds.volume, VolumeId, caller),
  async handle(input, scope) {
    const { attachments, compute } = scope;
    scope.realize(compute.driver.realization);
    const ref = volumeRef(input.VolumeId, scope);
    await attachments.order(ref, attachments.deletion, (found) => {
      const volume = thereIs(found, ref.id);
      if (volume.attachment) throw inUse(ref.id, volume.attachment.instanceId);
      if (volume.state !== 'available') {
        throw new AwsError('IncorrectState', `The volume '${ref.id}' is '${volume.state}'.`);
      }
      return { ...volume, state: 'deleting' };
    });
    return {};
  },
});

function inUse(id: string, instanceId: string): AwsError {
  return new AwsError('VolumeInUse', `Volume ${id} is currently attached to ${instanceId}`);
}
