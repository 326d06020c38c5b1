import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { set } from '../../../storage/records.ts';
import { holders, type Holder } from '../domain/elastic-ips/holders.ts';
import { namedElasticIp } from '../domain/elastic-ips/named.ts';
import { withoutElasticIp } from '../domain/elastic-ips/without.ts';
import type { NetworkDraft } from '../domain/network/network-draft.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Takes an elastic IP from an instance. A NAT gateway keeps its own for life. */
export const disassociateAddress = operation(model.DisassociateAddress, {
  recorded: true,
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('DisassociateAddress', kinds.elasticIp, undefined, caller),
  async handle(input, { caller, instances, networks }) {
    await networks.change(caller, async (draft) => {
      const held = holders(await instances.list(caller), await draft.list('natgateway'));
      const holder = await namedHolder(draft, held, input);
      if (!holder) return;
      if (!holder.InstanceId) throw networkErrors.addressOfNatGateway();
      const slot = instances.at({ ...caller, id: holder.InstanceId });
      const instance = await draft.read(slot);
      if (instance) draft.write(set(slot, withoutElasticIp(instance)));
    });
    return {};
  },
});

/** Who has the address; by address, nobody may. */
async function namedHolder(
  draft: NetworkDraft,
  held: ReadonlyMap<string, Holder>,
  { AssociationId, PublicIp }: { AssociationId?: string; PublicIp?: string },
): Promise<Holder | undefined> {
  if (!AssociationId) {
    if (!PublicIp) throw errors.missingParameter('associationId');
    return held.get((await namedElasticIp(draft, { PublicIp })).AllocationId);
  }
  const holder = [...held.values()].find((each) => each.AssociationId === AssociationId);
  if (!holder) throw networkErrors.associationNotFound(AssociationId);
  return holder;
}
