import type { Subnet } from '@aws-sdk/client-ec2';
import assert from 'node:assert/strict';
import { arnOf } from '../../../../kernel/arn.ts';
import type { Ids } from '../../../../kernel/ids.ts';
import type { Zone } from '../regions.ts';
import type { Drafting } from './new-vpc.ts';

export interface NewSubnet {
  readonly vpcId: string;
  readonly zone: Zone;
  readonly cidr: string;
  readonly ipv6Cidr?: string;
  readonly isDefault?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
}

/** A subnet, under its VPC's default ACL. */
export async function drawSubnet(drafting: Drafting, asked: NewSubnet) {
  const { draft, place, ids } = drafting;
  const { vpcId, zone, cidr, ipv6Cidr, isDefault = false, tags } = asked;
  const SubnetId = ids.resource('subnet');
  const subnet: Subnet & { readonly SubnetId: string } = {
    SubnetId,
    SubnetArn: arnOf(place, 'ec2', `subnet/${SubnetId}`),
    OwnerId: place.account,
    VpcId: vpcId,
    AvailabilityZone: zone.name,
    AvailabilityZoneId: zone.id,
    CidrBlock: cidr,
    State: 'available',
    DefaultForAz: isDefault,
    MapPublicIpOnLaunch: isDefault,
    MapCustomerOwnedIpOnLaunch: false,
    AssignIpv6AddressOnCreation: false,
    Ipv6CidrBlockAssociationSet: ipv6Cidr ? [newSubnetIpv6Block(ids, ipv6Cidr)] : [],
    EnableDns64: false,
    Ipv6Native: false,
    PrivateDnsNameOptionsOnLaunch: {
      HostnameType: 'ip-name',
      EnableResourceNameDnsARecord: false,
      EnableResourceNameDnsAAAARecord: false,
    },
    BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
  };
  draft.create('subnet', subnet, tags);
  const acls = await draft.inVpc('network-acl', vpcId);
  const acl = acls.find((each) => each.IsDefault);
  assert(acl, `${vpcId} has no default ACL`);
  const association = {
    NetworkAclAssociationId: ids.resource('aclassoc'),
    NetworkAclId: acl.NetworkAclId,
    SubnetId,
  };
  draft.put('network-acl', { ...acl, Associations: [...(acl.Associations ?? []), association] });
  return subnet;
}

export function newSubnetIpv6Block(ids: Ids, Ipv6CidrBlock: string) {
  return {
    AssociationId: ids.resource('subnet-cidr-assoc'),
    Ipv6CidrBlock,
    Ipv6CidrBlockState: { State: 'associated' as const },
    Ipv6AddressAttribute: 'public' as const,
    IpSource: 'amazon' as const,
  };
}
