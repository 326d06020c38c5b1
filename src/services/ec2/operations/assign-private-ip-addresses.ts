import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { set } from '../../../storage/records.ts';
import { placeOf, recordFurther } from '../domain/interfaces/addresses.ts';
import { namedInterface } from '../domain/interfaces/named.ts';
import { setAside } from '../domain/network/cidr-reservations.ts';
import { privateAddressIn } from '../domain/network/private-address.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Gives an interface further addresses of its subnet: those that are named, or any so many. */
export const assignPrivateIpAddresses = operation(model.AssignPrivateIpAddresses, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource(
      'AssignPrivateIpAddresses',
      kinds.networkInterface,
      input.NetworkInterfaceId,
      caller,
    ),
  async handle(input, scope) {
    refuseMembers('AssignPrivateIpAddresses', input, [
      'Ipv4Prefixes',
      'Ipv4PrefixCount',
      'AllowReassignment',
    ]);
    const { NetworkInterfaceId, PrivateIpAddresses: named = [] } = input;
    const { SecondaryPrivateIpAddressCount: count } = input;
    if (named.length > 0 === (count !== undefined)) {
      throw errors.combination(
        'Either privateIpAddresses or secondaryPrivateIpAddressCount must be given.',
      );
    }
    const { caller, instances, networks } = scope;
    return networks.change(caller, async (draft) => {
      const interfaceNamed = await namedInterface(draft, NetworkInterfaceId, scope);
      const { subnetId, addresses: present, holder } = placeOf(interfaceNamed);
      const subnet = await draft.find('subnet', subnetId);
      const { addresses } = instances;
      const isSetAside = setAside(await draft.list('subnet-cidr-reservation'), subnetId);
      const chosen =
        count === undefined
          ? [...new Set(named)]
          : await addresses.freePrivate(subnet, count, 0, isSetAside);
      if (chosen.length < (count ?? 0)) throw errors.noFreeAddresses(subnetId);
      for (const asked of chosen) {
        const address = await privateAddressIn(draft, addresses, subnet, asked);
        draft.write(set(addresses.privateAt(subnetId, address), { address, holder }));
      }
      recordFurther(draft, interfaceNamed, [...present.slice(1), ...chosen], scope);
      const AssignedPrivateIpAddresses = chosen.map((PrivateIpAddress) => ({ PrivateIpAddress }));
      return { NetworkInterfaceId, AssignedPrivateIpAddresses };
    });
  },
});
