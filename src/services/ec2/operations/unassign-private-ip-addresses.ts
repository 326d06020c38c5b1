import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { clear } from '../../../storage/records.ts';
import { placeOf, recordFurther } from '../domain/interfaces/addresses.ts';
import { namedInterface } from '../domain/interfaces/named.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Takes addresses from an interface: any but its primary one. */
export const unassignPrivateIpAddresses = operation(model.UnassignPrivateIpAddresses, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource(
      'UnassignPrivateIpAddresses',
      kinds.networkInterface,
      input.NetworkInterfaceId,
      caller,
    ),
  async handle(input, scope) {
    refuseMembers('UnassignPrivateIpAddresses', input, ['Ipv4Prefixes']);
    const { NetworkInterfaceId, PrivateIpAddresses: given = [] } = input;
    if (given.length === 0) throw errors.missingParameter('privateIpAddress');
    const { caller, instances, networks } = scope;
    await networks.change(caller, async (draft) => {
      const named = await namedInterface(draft, NetworkInterfaceId, scope);
      const { subnetId, addresses } = placeOf(named);
      const further = addresses.slice(1);
      if (given.some((address) => !further.includes(address))) {
        throw errors.invalidParameter(
          `Some of [${given.join(', ')}] are not assigned to interface ${NetworkInterfaceId}`,
        );
      }
      for (const address of given) {
        draft.write(clear(instances.addresses.privateAt(subnetId, address)));
      }
      const kept = further.filter((address) => !given.includes(address));
      recordFurther(draft, named, kept, scope);
    });
    return {};
  },
});
