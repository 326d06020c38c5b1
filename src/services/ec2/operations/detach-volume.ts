import { AwsError } from '../../../kernel/aws-error.ts';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Instance } from '../domain/instances/instance.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { checkKeepsRoots } from '../domain/volumes/device.ts';
import { volumeRef } from '../domain/volumes/named.ts';
import { type Attachment, wireAttachment } from '../domain/volumes/volume.ts';
import { thereIs } from '../domain/volumes/volumes.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** The guest is not asked: as on AWS, whoever detaches unmounts first. `Force` makes no difference. */
export const detachVolume = operation(model.DetachVolume, {
  authorize: ({ VolumeId }, { caller }: Ec2Scope) =>
    onResource('DetachVolume', kinds.volume, VolumeId, caller),
  async handle(input, scope) {
    const { attachments, rootVolumes, volumes, compute } = scope;
    scope.realize(compute.driver.realization);
    const ref = volumeRef(input.VolumeId, scope);
    const attached = (await volumes.get(ref))?.attachment;
    const workflow = attached?.isRoot ? rootVolumes.detaching : attachments.detaching;
    const detached = await attachments.order(ref, workflow, (found, instance) => {
      const volume = thereIs(found, ref.id);
      const { attachment } = volume;
      if (attachment?.isRoot && instance) checkPartsWithRoot(ref.id, instance, scope);
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

/** @throws OperationNotPermitted, UnsupportedOperation */
function checkPartsWithRoot(id: string, instance: Instance, { compute }: Ec2Scope): void {
  if (instance.state !== 'stopped') {
    throw errors.notPermitted(
      `Unable to detach root volume '${id}' from instance '${instance.id}'`,
    );
  }
  checkKeepsRoots(compute.of(instance.driver));
}

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
