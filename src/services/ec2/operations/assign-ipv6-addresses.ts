import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { placeOf, recordIpv6 } from '../domain/interfaces/addresses.ts';
import { namedInterface } from '../domain/interfaces/named.ts';
import { askedIpv6, takeIpv6 } from '../domain/network/ipv6-addresses.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Gives an interface IPv6 addresses of its subnet: those that are named, or any so many. */
export const assignIpv6Addresses = operation(model.AssignIpv6Addresses, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('AssignIpv6Addresses', kinds.networkInterface, input.NetworkInterfaceId, caller),
  async handle(input, scope) {
    refuseMembers('AssignIpv6Addresses', input, ['Ipv6Prefixes', 'Ipv6PrefixCount']);
    const { NetworkInterfaceId, Ipv6AddressCount, Ipv6Addresses: named = [] } = input;
    if (named.length > 0 === (Ipv6AddressCount !== undefined)) {
      throw errors.combination('Either ipv6Addresses or ipv6AddressCount must be given.');
    }
    return scope.networks.change(scope.caller, async (draft) => {
      const interfaceNamed = await namedInterface(draft, NetworkInterfaceId, scope);
      const { subnetId, ipv6Addresses, holder } = placeOf(interfaceNamed);
      const subnet = await draft.find('subnet', subnetId);
      const asked = askedIpv6(subnet, {
        Ipv6AddressCount,
        Ipv6Addresses: named.map((Ipv6Address) => ({ Ipv6Address })),
      });
      const assigned = await takeIpv6(draft, asked, subnet, holder, scope);
      recordIpv6(draft, interfaceNamed, [...ipv6Addresses, ...assigned], scope);
      return { NetworkInterfaceId, AssignedIpv6Addresses: assigned };
    });
  },
});
