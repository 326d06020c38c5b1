import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { clear } from '../../../storage/records.ts';
import { placeOf, recordIpv6 } from '../domain/interfaces/addresses.ts';
import { namedInterface } from '../domain/interfaces/named.ts';
import { parseAddress } from '../domain/network/ipv6-addresses.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Takes IPv6 addresses from an interface. */
export const unassignIpv6Addresses = operation(model.UnassignIpv6Addresses, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('UnassignIpv6Addresses', kinds.networkInterface, input.NetworkInterfaceId, caller),
  async handle(input, scope) {
    refuseMembers('UnassignIpv6Addresses', input, ['Ipv6Prefixes']);
    const { NetworkInterfaceId, Ipv6Addresses: given = [] } = input;
    if (given.length === 0) throw errors.missingParameter('ipv6Addresses');
    const gone = given.map(parseAddress);
    const { caller, instances, networks } = scope;
    await networks.change(caller, async (draft) => {
      const named = await namedInterface(draft, NetworkInterfaceId, scope);
      const { subnetId, ipv6Addresses } = placeOf(named);
      if (gone.some((address) => !ipv6Addresses.includes(address))) {
        throw errors.invalidParameter(
          `Some of [${given.join(', ')}] are not assigned to interface ${NetworkInterfaceId}`,
        );
      }
      draft.write(...gone.map((address) => clear(instances.addresses.ipv6At(subnetId, address))));
      const kept = ipv6Addresses.filter((address) => !gone.includes(address));
      recordIpv6(draft, named, kept, scope);
    });
    return { NetworkInterfaceId, UnassignedIpv6Addresses: gone };
  },
});
