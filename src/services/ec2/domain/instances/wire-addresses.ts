import type { NetworkInterfaceAssociation } from '@aws-sdk/client-ec2';
import type { Place } from '../place.ts';
import type { ElasticIpAssociation, ElasticIpsByAddress } from './instance.ts';
import { privateDnsName } from './names.ts';

/** An elastic IP as the address that has it shows it. */
export function wireElasticIp(
  { allocationId, associationId, address }: ElasticIpAssociation,
  account: string,
): NetworkInterfaceAssociation {
  return {
    AllocationId: allocationId,
    AssociationId: associationId,
    IpOwnerId: account,
    PublicDnsName: address,
    PublicIp: address,
  };
}

/** A private address of an interface beside its primary one. */
export function furtherAddress(
  address: string,
  elasticIps: ElasticIpsByAddress = {},
  { account, region }: Place,
) {
  const elasticIp = elasticIps[address];
  return {
    Primary: false,
    PrivateDnsName: privateDnsName(region, address),
    PrivateIpAddress: address,
    ...(elasticIp && { Association: wireElasticIp(elasticIp, account) }),
  };
}
