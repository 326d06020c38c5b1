import type { Address } from '@aws-sdk/client-ec2';
import type { Instance } from '../instances/instance.ts';
import type { NatGatewayRecord } from '../network/recorded.ts';

/** Who has an elastic IP: the members that DescribeAddresses shows of it. */
export type Holder = Pick<
  Address,
  'InstanceId' | 'NetworkInterfaceId' | 'NetworkInterfaceOwnerId' | 'PrivateIpAddress'
> & { readonly AssociationId: string };

/** The holders of elastic IPs by allocation: an association lives as long as what it is recorded with. */
export function holders(
  instances: readonly Instance[],
  gateways: readonly NatGatewayRecord[],
): Map<string, Holder> {
  const found = new Map<string, Holder>();
  for (const { id, account, state, network } of instances) {
    if (!network.elasticIp || state === 'terminated') continue;
    found.set(network.elasticIp.allocationId, {
      AssociationId: network.elasticIp.associationId,
      InstanceId: id,
      NetworkInterfaceId: network.interfaceId,
      NetworkInterfaceOwnerId: account,
      PrivateIpAddress: network.privateAddress,
    });
  }
  for (const gateway of gateways.filter(({ State }) => State === 'available')) {
    for (const address of gateway.NatGatewayAddresses ?? []) {
      if (!address.AllocationId || !address.AssociationId) continue;
      found.set(address.AllocationId, {
        AssociationId: address.AssociationId,
        NetworkInterfaceId: address.NetworkInterfaceId,
        NetworkInterfaceOwnerId: gateway.ownerId,
        PrivateIpAddress: address.PrivateIp,
      });
    }
  }
  return found;
}
