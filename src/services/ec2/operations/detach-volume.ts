import { AwsError } from '../../../kernel/aws-error.ts';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { rootVolumeOwner, volumeRef } from '../domain/volumes/named.ts';
import { type Attachment, wireAttachment } from '../domain/volumes/volume.ts';
import { thereIs } from '../domain/volumes/volumes.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** The guest is not asked: as on AWS, whoever detaches unmounts first. `Force` makes no difference. */
export const detachVolume = operation(model.DetachVolume, {
  authorize: ({ VolumeId }, { caller }: Ec2Scope) =>
    onResource('DetachVolume', kinds.volume, VolumeId, caller),
  async handle(input, scope) {
    const { attachments, compute } = scope;
    scope.realize(compute.driver.realization);
    const ref = volumeRef(input.VolumeId, scope);
    const owner = await rootVolumeOwner(ref.id, scope);
    if (owner) {
      throw errors.notPermitted(
        `Unable to detach root volume '${ref.id}' from instance '${owner.id}'`,
      );
    }
    const detached = await attachments.order(ref, attachments.detaching, (found) => {
      const volume = thereIs(found, ref.id);
      const { attachment } = volume;
      if (attachment?.state !== 'attached') {
        throw new AwsError(
          'IncorrectState',
          `Volume '${ref.id}' is in the '${attachment?.state ?? volume.state}' state.`,
        );
      }
      checkSame(ref.id, attachment, input);
      return { ...volume, attachment: { ...attachment, state: 'detaching' } };
    });
    return wireAttachment(ref.id, detached.attachment!);
  },
});

function checkSame(
  id: string,
  { instanceId, device }: Attachment,
  { InstanceId, Device }: { readonly InstanceId?: string; readonly Device?: string },
): void {
  if ((InstanceId ?? instanceId) === instanceId && (Device ?? device) === device) return;
  const where = [InstanceId, Device].filter((each) => each !== undefined).join(' as ');
  throw new AwsError(
    'InvalidAttachment.NotFound',
    `The volume '${id}' is not attached to ${where}.`,
  );
}
