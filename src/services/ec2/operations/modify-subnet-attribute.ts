import type { ModifySubnetAttributeRequest, Subnet } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { oneAttribute } from '../domain/network/one-attribute.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

type Change = (subnet: Subnet, request: ModifySubnetAttributeRequest) => Partial<Subnet>;

const CHANGES = {
  AssignIpv6AddressOnCreation: (subnet, { AssignIpv6AddressOnCreation: given }) => {
    if (given?.Value && !subnet.Ipv6CidrBlockAssociationSet?.length) {
      throw errors.invalidParameter(
        `Invalid value 'true' for assign-ipv6-address-on-creation. Cannot set assign-ipv6-address-on-creation to true unless the subnet (${subnet.SubnetId}) has an IPv6 CIDR block associated with it.`,
      );
    }
    return { AssignIpv6AddressOnCreation: given?.Value ?? false };
  },
  MapPublicIpOnLaunch: (_, request) => ({
    MapPublicIpOnLaunch: request.MapPublicIpOnLaunch?.Value ?? false,
  }),
  EnableDns64: (_, request) => ({ EnableDns64: request.EnableDns64?.Value ?? false }),
  PrivateDnsHostnameTypeOnLaunch: (subnet, request) =>
    dnsOptions(subnet, { HostnameType: request.PrivateDnsHostnameTypeOnLaunch }),
  EnableResourceNameDnsARecordOnLaunch: (subnet, request) =>
    dnsOptions(subnet, {
      EnableResourceNameDnsARecord: request.EnableResourceNameDnsARecordOnLaunch?.Value ?? false,
    }),
  EnableResourceNameDnsAAAARecordOnLaunch: (subnet, request) =>
    dnsOptions(subnet, {
      EnableResourceNameDnsAAAARecord:
        request.EnableResourceNameDnsAAAARecordOnLaunch?.Value ?? false,
    }),
} as const satisfies Partial<Record<keyof ModifySubnetAttributeRequest, Change>>;

const ATTRIBUTES = Object.keys(CHANGES) as (keyof typeof CHANGES)[];

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySubnetAttribute.html */
export const modifySubnetAttribute = operation(model.ModifySubnetAttribute, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('ModifySubnetAttribute', kinds.subnet, input.SubnetId, caller),
  async handle(input, { caller, networks }) {
    refuseMembers('ModifySubnetAttribute', input, [
      'MapCustomerOwnedIpOnLaunch',
      'CustomerOwnedIpv4Pool',
      'EnableLniAtDeviceIndex',
      'DisableLniAtDeviceIndex',
    ]);
    if (!input.SubnetId) throw errors.missingParameter('subnetId');
    const { SubnetId } = input;
    const name = oneAttribute(input, ATTRIBUTES);
    await networks.change(caller, async (draft) => {
      const subnet = await draft.take('subnet', SubnetId);
      draft.put('subnet', { ...subnet, ...CHANGES[name](subnet, input) });
    });
    return {};
  },
});

function dnsOptions(
  { PrivateDnsNameOptionsOnLaunch: before }: Subnet,
  change: NonNullable<Subnet['PrivateDnsNameOptionsOnLaunch']>,
): Partial<Subnet> {
  return { PrivateDnsNameOptionsOnLaunch: { ...before, ...change } };
}
