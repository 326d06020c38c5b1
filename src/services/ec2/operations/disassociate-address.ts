import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { unassignElasticIp } from '../domain/elastic-ips/assign.ts';
import { holders, isOfNatGateway, type Holder } from '../domain/elastic-ips/holders.ts';
import { namedElasticIp } from '../domain/elastic-ips/named.ts';
import type { NetworkDraft } from '../domain/network/network-draft.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Takes an elastic IP from whatever has it, but for NAT gateways. */
export const disassociateAddress = operation(model.DisassociateAddress, {
  recorded: isOnlyRecorded,
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('DisassociateAddress', kinds.elasticIp, undefined, caller),
  async handle(input, scope) {
    await scope.networks.change(scope.caller, async (draft) => {
      const holder = await namedHolder(draft, await holders(scope), input);
      if (!holder) return;
      if (await isOfNatGateway(holder, scope)) throw networkErrors.addressOfNatGateway();
      await unassignElasticIp(draft, holder, scope);
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
