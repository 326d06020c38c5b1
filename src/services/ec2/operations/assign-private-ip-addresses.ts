import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { set } from '../../../storage/records.ts';
import { namedInterface } from '../domain/interfaces/named.ts';
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
      const { record } = await namedInterface(draft, NetworkInterfaceId, scope);
      if (!record) throw errors.unsupported('Alacarte gives the first interface one address only.');
      const subnet = await draft.find('subnet', record.SubnetId);
      const { addresses } = instances;
      const { SubnetId } = record;
      const chosen =
        count === undefined
          ? [...new Set(named)]
          : await addresses.freePrivate(SubnetId, subnet.CidrBlock ?? '', count, 0);
      if (chosen.length < (count ?? 0)) throw errors.noFreeAddresses(SubnetId);
      for (const asked of chosen) {
        const address = await privateAddressIn(draft, addresses, subnet, asked);
        const holder = record.NetworkInterfaceId;
        draft.write(set(addresses.privateAt(SubnetId, address), { address, holder }));
      }
      draft.put('network-interface', { ...record, addresses: [...record.addresses, ...chosen] });
      const AssignedPrivateIpAddresses = chosen.map((PrivateIpAddress) => ({ PrivateIpAddress }));
      return { NetworkInterfaceId, AssignedPrivateIpAddresses };
    });
  },
});
