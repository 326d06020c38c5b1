import type { NatGateway, NetworkInterface, Subnet } from '@aws-sdk/client-ec2';
import type { NatGatewayRecord } from '../network/recorded.ts';

/** Deleted and failed ones can be seen for about an hour. */
const VISIBLE_MS = 3_600_000;

export function isVisible(
  { deletedAtMs }: { readonly deletedAtMs?: number },
  now: number,
): boolean {
  return deletedAtMs === undefined || now < deletedAtMs + VISIBLE_MS;
}

export function wireNatGateway(gateway: NatGatewayRecord): NatGateway {
  const { createdAtMs, deletedAtMs, ownerId: _, ...shown } = gateway;
  return {
    ...shown,
    CreateTime: new Date(createdAtMs),
    ...(deletedAtMs !== undefined && { DeleteTime: new Date(deletedAtMs) }),
  };
}

/** The interface that a gateway has in its subnet; none once it is deleted. */
export function interfacesOf(
  gateway: NatGatewayRecord,
  subnets: readonly Subnet[],
): NetworkInterface[] {
  if (gateway.State !== 'available') return [];
  const subnet = subnets.find(({ SubnetId }) => SubnetId === gateway.SubnetId);
  return (gateway.NatGatewayAddresses ?? []).map((address) => {
    const Association = address.AllocationId && {
      AllocationId: address.AllocationId,
      AssociationId: address.AssociationId,
      IpOwnerId: gateway.ownerId,
      PublicIp: address.PublicIp,
    };
    return {
      NetworkInterfaceId: address.NetworkInterfaceId,
      // What AWS says, whatever its model lists.
      InterfaceType: 'nat_gateway' as 'natGateway',
      Description: `Interface for NAT Gateway ${gateway.NatGatewayId}`,
      OwnerId: gateway.ownerId,
      RequesterManaged: true,
      Operator: { Managed: false },
      VpcId: gateway.VpcId,
      SubnetId: gateway.SubnetId,
      AvailabilityZone: subnet?.AvailabilityZone,
      AvailabilityZoneId: subnet?.AvailabilityZoneId,
      Status: 'in-use',
      SourceDestCheck: false,
      Groups: [],
      PrivateIpAddress: address.PrivateIp,
      PrivateIpAddresses: [
        {
          Primary: true,
          PrivateIpAddress: address.PrivateIp,
          ...(Association && { Association }),
        },
      ],
      ...(Association && { Association }),
    };
  });
}
