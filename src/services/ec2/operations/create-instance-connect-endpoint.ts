import { set } from '../../../storage/records.ts';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { wireConnectEndpoint } from '../domain/connect-endpoints/connect-endpoint.ts';
import { groupsIn } from '../domain/interfaces/groups.ts';
import { newMacAddress } from '../domain/interfaces/mac-address.ts';
import { createOnce } from '../domain/network/create-once.ts';
import { privateAddressIn } from '../domain/network/private-address.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** An interface in a subnet by which nobody gets in yet: the host gets to every machine without one. */
export const createInstanceConnectEndpoint = operation(model.CreateInstanceConnectEndpoint, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) => [
    onResource('CreateInstanceConnectEndpoint', kinds.instanceConnectEndpoint, undefined, caller),
    onResource('CreateInstanceConnectEndpoint', kinds.subnet, input.SubnetId, caller),
  ],
  async handle(input, scope) {
    const { caller, clock, ids, instances } = scope;
    const { SubnetId, SecurityGroupIds = [], PreserveClientIp = false, ClientToken } = input;
    if (!SubnetId) throw errors.missingParameter('SubnetId');
    if (input.IpAddressType && input.IpAddressType !== 'ipv4') {
      throw errors.unsupported('Alacarte has Instance Connect Endpoints of type ipv4 only.');
    }
    const tags = tagsOfNew(caller, kinds.instanceConnectEndpoint, input.TagSpecifications);
    const made = await createOnce(scope, 'instance-connect-endpoint', input, async (draft) => {
      const subnet = await draft.find('subnet', SubnetId);
      const { VpcId = '', AvailabilityZone = '', AvailabilityZoneId = '' } = subnet;
      for (const id of SecurityGroupIds) await draft.take('security-group', id);
      const Groups = await groupsIn(draft, VpcId, SecurityGroupIds);
      const { addresses } = instances;
      const PrivateIpAddress = await privateAddressIn(draft, addresses, subnet, undefined);
      const NetworkInterfaceId = ids.resource('eni');
      const claim = { address: PrivateIpAddress, holder: NetworkInterfaceId };
      draft.write(set(addresses.privateAt(SubnetId, PrivateIpAddress), claim));
      const endpoint = {
        InstanceConnectEndpointId: ids.resource('eice'),
        ...{ VpcId, SubnetId, AvailabilityZone, AvailabilityZoneId, Groups },
        ...{ NetworkInterfaceId, PrivateIpAddress, MacAddress: newMacAddress(ids) },
        ...{ PreserveClientIp, label: ids.hex(8), createdAtMs: clock.now() },
      };
      return draft.create('instance-connect-endpoint', endpoint, tags);
    });
    const shown = wireConnectEndpoint(made, caller, 'create-in-progress');
    return { InstanceConnectEndpoint: { ...shown, Tags: wireTags(tags) }, ClientToken };
  },
});
