import type { CreateNetworkInterfaceRequest } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { set } from '../../../storage/records.ts';
import { groupsIn } from '../domain/interfaces/groups.ts';
import { newMacAddress } from '../domain/interfaces/mac-address.ts';
import { wireInterface } from '../domain/interfaces/network-interface.ts';
import { createOnce } from '../domain/network/create-once.ts';
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
    const asked = primaryOf(input);
    const tags = tagsOfNew(caller, kinds.networkInterface, input.TagSpecifications);
    const made = await createOnce(scope, 'network-interface', input, async (draft) => {
      const subnet = await draft.find('subnet', SubnetId);
      const { VpcId = '', AvailabilityZone = '', AvailabilityZoneId = '' } = subnet;
      const NetworkInterfaceId = ids.resource('eni');
      const address = await privateAddressIn(draft, addresses, subnet, asked);
      const holder = NetworkInterfaceId;
      draft.write(set(addresses.privateAt(SubnetId, address), { address, holder }));
      const record = {
        ...{ NetworkInterfaceId, VpcId, SubnetId, AvailabilityZone, AvailabilityZoneId },
        Description,
        MacAddress: newMacAddress(ids),
        SourceDestCheck: true,
        Groups: await groupsIn(draft, VpcId, input.Groups),
        addresses: [address],
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
    'Ipv6Addresses',
    'Ipv6AddressCount',
    'EnablePrimaryIpv6',
    'ConnectionTrackingSpecification',
    'Operator',
    // Further addresses come by AssignPrivateIpAddresses.
    'SecondaryPrivateIpAddressCount',
  ]);
  // The model lists the special types only.
  const { InterfaceType: type }: { readonly InterfaceType?: string | undefined } = input;
  if (type && type !== 'interface') {
    throw errors.unsupported('Alacarte makes network interfaces of the usual type only.');
  }
  if ((input.PrivateIpAddresses?.length ?? 0) > 1) {
    throw errors.unsupported('Alacarte makes network interfaces with one address only.');
  }
}

function primaryOf(input: CreateNetworkInterfaceRequest): string | undefined {
  const [first] = input.PrivateIpAddresses ?? [];
  if (first && input.PrivateIpAddress) {
    throw errors.combination('privateIpAddress and privateIpAddresses may not be given together');
  }
  return input.PrivateIpAddress ?? first?.PrivateIpAddress;
}
