import type { NetworkInterface } from '@aws-sdk/client-ec2';
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
