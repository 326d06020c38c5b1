import { AwsError } from '../../../kernel/aws-error.ts';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { namedInstance } from '../domain/instances/named.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import {
  checkBoots,
  checkDevice,
  checkDeviceFree,
  checkTakesVolumes,
} from '../domain/volumes/device.ts';
import { volumeRef } from '../domain/volumes/named.ts';
import { wireAttachment } from '../domain/volumes/volume.ts';
import { thereIs } from '../domain/volumes/volumes.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** At the root device's name a stopped instance that has no root volume gets one. */
export const attachVolume = operation(model.AttachVolume, {
  authorize: ({ VolumeId, InstanceId }, { caller }: Ec2Scope) => [
    onResource('AttachVolume', kinds.volume, VolumeId, caller),
    onResource('AttachVolume', kinds.instance, InstanceId, caller),
  ],
  async handle(input, scope) {
    const { attachments, rootVolumes, clock, compute } = scope;
    scope.realize(compute.driver.realization);
    refuseMembers('AttachVolume', input, ['EbsCardIndex']);
    const ref = volumeRef(input.VolumeId, scope);
    const {
      id: instanceId,
      driver: name,
      rootDeviceName,
    } = await namedInstance(input.InstanceId, scope);
    const driver = compute.of(name);
    if (!input.Device) throw errors.missingParameter('device');
    const device = input.Device;
    checkDevice(device);
    const isRoot = device === rootDeviceName;
    if (!isRoot) checkTakesVolumes(driver, compute);
    const attached = await attachments.order(
      ref,
      isRoot ? rootVolumes.attaching : attachments.attaching,
      (found, instance) => {
        const volume = thereIs(found, ref.id);
        if (volume.state === 'in-use') throw alreadyAttached(ref.id);
        if (volume.state !== 'available') throw notAvailable(ref.id);
        if (instance?.state !== 'running' && instance?.state !== 'stopped') {
          throw new AwsError('IncorrectState', `Instance '${instanceId}' is not 'running'.`);
        }
        if (volume.zone !== instance.network.zone) throw otherZone(ref.id, instanceId);
        checkDeviceFree(device, instance);
        if (isRoot) checkBoots(volume, instance, driver);
        const attachment = {
          ...{ instanceId, device, state: 'attaching' as const, atMs: clock.now() },
          ...{ deleteOnTermination: false, ...(isRoot && { isRoot }) },
        };
        return { ...volume, state: 'in-use', attachment };
      },
      { instanceId },
    );
    return wireAttachment(ref.id, attached.attachment!);
  },
});

function alreadyAttached(id: string): AwsError {
  return new AwsError('VolumeInUse', `${id} is already attached to an instance`);
}

function notAvailable(id: string): AwsError {
  return new AwsError('IncorrectState', `${id} is not 'available'.`);
}

function otherZone(id: string, instanceId: string): AwsError {
  return new AwsError(
    'InvalidVolume.ZoneMismatch',
    `The volume '${id}' is not in the same availability zone as instance '${instanceId}'`,
  );
}
