import type { CreateNetworkInterfaceRequest, Subnet } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { set } from '../../../storage/records.ts';
import {
  askedAddresses,
  namedAddresses,
  type AskedAddresses,
} from '../domain/interfaces/asked-addresses.ts';
import { groupsIn } from '../domain/interfaces/groups.ts';
import { newMacAddress } from '../domain/interfaces/mac-address.ts';
import { wireInterface } from '../domain/interfaces/network-interface.ts';
import type { Addresses } from '../domain/network/address-claims.ts';
import { createOnce } from '../domain/network/create-once.ts';
import { askedIpv6, takeIpv6 } from '../domain/network/ipv6-addresses.ts';
import { setAside } from '../domain/network/cidr-reservations.ts';
import { privateAddressIn } from '../domain/network/private-address.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** An interface with an address of its subnet, which no instance has yet. */
export const createNetworkInterface = operation(model.CreateNetworkInterface, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) => [
    onResource('CreateNetworkInterface', kinds.networkInterface, undefined, caller),
    onResource('CreateNetworkInterface', kinds.subnet, input.SubnetId, caller),
  ],
  async handle(input, scope) {
    refuseNotBuilt(input);
    if (!input.SubnetId) throw errors.missingParameter('subnetId');
    const { SubnetId, Description = '', ClientToken } = input;
    const { caller, ids, instances } = scope;
    const { addresses } = instances;
    const asked = askedAddresses(input);
    const tags = tagsOfNew(caller, kinds.networkInterface, input.TagSpecifications);
    const made = await createOnce(scope, 'network-interface', input, async (draft) => {
      const subnet = await draft.find('subnet', SubnetId);
      const { VpcId = '', AvailabilityZone = '', AvailabilityZoneId = '' } = subnet;
      const NetworkInterfaceId = ids.resource('eni');
      const holder = NetworkInterfaceId;
      const chosen: string[] = [];
      const isSetAside = setAside(await draft.list('subnet-cidr-reservation'), SubnetId);
      for (const each of await withFree(asked, subnet, addresses, isSetAside)) {
        const address = await privateAddressIn(draft, addresses, subnet, each);
        draft.write(set(addresses.privateAt(SubnetId, address), { address, holder }));
        chosen.push(address);
      }
      const ipv6Addresses = await takeIpv6(draft, askedIpv6(subnet, input), subnet, holder, scope);
      const record = {
        ...{ NetworkInterfaceId, VpcId, SubnetId, AvailabilityZone, AvailabilityZoneId },
        Description,
        MacAddress: newMacAddress(ids),
        SourceDestCheck: true,
        Groups: await groupsIn(draft, VpcId, input.Groups),
        addresses: chosen,
        ...(ipv6Addresses.length > 0 && { ipv6Addresses }),
      };
      return draft.create('network-interface', record, tags);
    });
    const shown = wireInterface(made, undefined, caller);
    // What AWS says at first, whatever its model lists.
    const Status = 'pending' as 'available';
    const NetworkInterface = { ...shown, Status, TagSet: wireTags(tags) };
    return { NetworkInterface, ClientToken };
  },
});

function refuseNotBuilt(input: CreateNetworkInterfaceRequest): void {
  refuseMembers('CreateNetworkInterface', input, [
    'Ipv4Prefixes',
    'Ipv4PrefixCount',
    'Ipv6Prefixes',
    'Ipv6PrefixCount',
    'EnablePrimaryIpv6',
    'ConnectionTrackingSpecification',
    'Operator',
  ]);
  // The model lists the special types only.
  const { InterfaceType: type }: { readonly InterfaceType?: string | undefined } = input;
  if (type && type !== 'interface') {
    throw errors.unsupported('Alacarte makes network interfaces of the usual type only.');
  }
}

/** The addresses that a request names, with free ones for the others: the primary one first. */
async function withFree(
  asked: AskedAddresses,
  subnet: Subnet,
  addresses: Addresses,
  isSetAside: (address: string) => boolean,
): Promise<string[]> {
  const { primary, further, count } = asked;
  const wanted = count + (primary === undefined ? 1 : 0);
  const named = namedAddresses(asked);
  const free = await addresses.freePrivate(subnet, wanted + named.length, 0, isSetAside);
  const others = free.filter((address) => !named.includes(address)).slice(0, wanted);
  if (others.length < wanted) throw errors.noFreeAddresses(subnet.SubnetId ?? '');
  return primary === undefined
    ? [others[0] ?? '', ...further, ...others.slice(1)]
    : [primary, ...further, ...others];
}
