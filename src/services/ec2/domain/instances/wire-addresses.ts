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

/** The IPv6 addresses of an interface, of which none is primary unless a request says so. */
export function wireIpv6(addresses: readonly string[] = []) {
  const Ipv6Addresses = addresses.map((Ipv6Address) => ({ Ipv6Address, IsPrimaryIpv6: false }));
  return { Ipv6Addresses, ...(addresses[0] !== undefined && { Ipv6Address: addresses[0] }) };
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
