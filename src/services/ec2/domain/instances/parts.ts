import type { NetworkInterface, Volume, VolumeType } from '@aws-sdk/client-ec2';
import { Derived } from '../../../../kernel/derived.ts';
import type { Instance } from './instance.ts';
import { wireInstance } from './wire.ts';

/** The network interface of an instance as a resource of its own; none once it is terminated. */
export function networkInterfaces(instance: Instance): readonly NetworkInterface[] {
  return cards.of(instance, [], () => makeCards(instance));
}

const cards = new Derived<Instance, readonly NetworkInterface[]>();

function makeCards(instance: Instance): readonly NetworkInterface[] {
  const { account, id, network } = instance;
  return (wireInstance(instance).NetworkInterfaces ?? []).map(
    ({ Attachment, ...card }): NetworkInterface => ({
      ...card,
      InterfaceType: 'interface',
      AvailabilityZone: network.zone,
      AvailabilityZoneId: network.zoneId,
      RequesterManaged: false,
      Operator: { Managed: false },
      Attachment: { ...Attachment, InstanceId: id, InstanceOwnerId: account },
      ...(network.elasticIp && {
        Association: {
          ...card.Association,
          AllocationId: network.elasticIp.allocationId,
          AssociationId: network.elasticIp.associationId,
        },
      }),
    }),
  );
}

/** The root volume of an instance as a resource of its own; none once it is terminated. */
export function rootVolumes(instance: Instance): readonly RootVolume[] {
  return roots.of(instance, [], () => makeRoots(instance));
}

type RootVolume = Volume & { readonly VolumeId: string };
const roots = new Derived<Instance, readonly RootVolume[]>();

function makeRoots(instance: Instance): readonly RootVolume[] {
  if (instance.state === 'terminated') return [];
  const { network } = instance;
  return instance.volumes.map((volume) => ({
    VolumeId: volume.id,
    AvailabilityZone: network.zone,
    AvailabilityZoneId: network.zoneId,
    CreateTime: new Date(volume.createdAtMs),
    Encrypted: volume.encrypted,
    MultiAttachEnabled: false,
    Size: volume.gib,
    SnapshotId: volume.snapshotId ?? '',
    State: 'in-use',
    VolumeType: volume.type as VolumeType,
    ...(volume.iops !== undefined && { Iops: volume.iops }),
    ...(volume.throughput !== undefined && { Throughput: volume.throughput }),
    Operator: { Managed: false },
    Attachments: [
      {
        VolumeId: volume.id,
        InstanceId: instance.id,
        Device: volume.deviceName,
        State: instance.state === 'pending' ? 'attaching' : 'attached',
        AttachTime: new Date(volume.createdAtMs),
        DeleteOnTermination: true,
      },
    ],
  }));
}
