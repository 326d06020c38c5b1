import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { set } from '../../../storage/records.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** An address that stays the account's own until it is released. Nothing leads to it yet. */
export const allocateAddress = operation(model.AllocateAddress, {
  recorded: isOnlyRecorded,
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('AllocateAddress', kinds.elasticIp, undefined, caller),
  async handle(input, { caller, ids, instances: { addresses }, networks }) {
    refuseMembers('AllocateAddress', input, ['Address', 'CustomerOwnedIpv4Pool', 'IpamPoolId']);
    if (input.PublicIpv4Pool && input.PublicIpv4Pool !== 'amazon') {
      throw errors.unsupported('Alacarte allocates addresses of the pool amazon only.');
    }
    if (input.Domain && input.Domain !== 'vpc') {
      throw errors.invalidValue(input.Domain, 'domain', 'Must be vpc.');
    }
    const group = input.NetworkBorderGroup ?? caller.region;
    if (group !== caller.region) {
      throw errors.invalidValue(group, 'networkBorderGroup', 'It is not one of this region.');
    }
    const tags = tagsOfNew(caller, kinds.elasticIp, input.TagSpecifications);
    const AllocationId = ids.resource('eipalloc');
    return networks.change(caller, async (draft) => {
      const start = Buffer.from(ids.bytes(4)).readUInt32BE() / 2 ** 32;
      const [PublicIp] = await addresses.freePublic(1, start);
      if (!PublicIp) throw errors.noPublicAddresses();
      const slot = addresses.publicAt(PublicIp);
      if (await draft.read(slot)) throw errors.addressInUse(PublicIp);
      draft.write(set(slot, { address: PublicIp, holder: AllocationId }));
      const elasticIp = {
        AllocationId,
        PublicIp,
        Domain: 'vpc' as const,
        PublicIpv4Pool: 'amazon',
        NetworkBorderGroup: group,
      };
      return draft.create('elastic-ip', elasticIp, tags);
    });
  },
});
