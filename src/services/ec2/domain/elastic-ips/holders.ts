import type { Address } from '@aws-sdk/client-ec2';
import type { Ec2Scope } from '../../scope.ts';
import { allInterfaces } from '../interfaces/list.ts';

/** Who has an elastic IP: the members that DescribeAddresses shows of it. */
export interface Holder extends Pick<
  Address,
  'InstanceId' | 'NetworkInterfaceId' | 'NetworkInterfaceOwnerId' | 'PrivateIpAddress'
> {
  readonly AllocationId: string;
  readonly AssociationId: string;
}

/** The holders of elastic IPs by allocation: an association lives as long as its interface. */
export async function holders(
  scope: Pick<Ec2Scope, 'caller' | 'instances' | 'networks'>,
): Promise<Map<string, Holder>> {
  const found = new Map<string, Holder>();
  for (const card of await allInterfaces(scope)) {
    const { NetworkInterfaceId, OwnerId, PrivateIpAddresses = [] } = card;
    const InstanceId = card.Attachment?.InstanceId;
    // The primary address's is shown with the interface.
    for (const { Association, PrivateIpAddress } of [card, ...PrivateIpAddresses.slice(1)]) {
      const { AllocationId, AssociationId } = Association ?? {};
      if (!AllocationId || !AssociationId) continue;
      found.set(AllocationId, {
        AllocationId,
        AssociationId,
        NetworkInterfaceId,
        NetworkInterfaceOwnerId: OwnerId,
        PrivateIpAddress,
        ...(InstanceId && { InstanceId }),
      });
    }
  }
  return found;
}

/** Whether a NAT gateway has it, which keeps it for life. */
export async function isOfNatGateway(
  { NetworkInterfaceId: id }: Holder,
  { caller, networks }: Pick<Ec2Scope, 'caller' | 'networks'>,
): Promise<boolean> {
  const gateways = await networks.list('natgateway', caller);
  return gateways.some(({ NatGatewayAddresses }) =>
    NatGatewayAddresses?.some((address) => address.NetworkInterfaceId === id),
  );
}
