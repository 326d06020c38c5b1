import type { AssociateAddressRequest } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { assignElasticIp, unassignElasticIp } from '../domain/elastic-ips/assign.ts';
import { holders, isOfNatGateway } from '../domain/elastic-ips/holders.ts';
import { namedElasticIp } from '../domain/elastic-ips/named.ts';
import { placeOf } from '../domain/interfaces/addresses.ts';
import { namedInterface, type NamedInterface } from '../domain/interfaces/named.ts';
import { hasInternetGateway } from '../domain/network/internet-gateways.ts';
import type { NetworkDraft } from '../domain/network/network-draft.ts';
import { onResource } from '../domain/permission.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/**
 * Gives an instance or an interface an elastic IP, in place of the one that it has. Another that has
 * the address loses it, unless the request says otherwise.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateAddress.html
 */
export const associateAddress = operation(model.AssociateAddress, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('AssociateAddress', kinds.elasticIp, input.AllocationId, caller),
  async handle(input, scope) {
    const { caller, ids, networks } = scope;
    return networks.change(caller, async (draft) => {
      const { AllocationId, PublicIp } = await namedElasticIp(draft, input);
      const chosen = await chosenInterface(draft, input, scope);
      const { id, vpcId, addresses } = placeOf(chosen);
      const address = input.PrivateIpAddress || (addresses[0] ?? '');
      if (!addresses.includes(address)) {
        throw errors.invalidValue(address, 'privateIpAddress', `It is not an address of '${id}'.`);
      }
      if (!(await hasInternetGateway(draft, vpcId))) throw networkErrors.noInternetGateway(vpcId);
      const holder = (await holders(scope)).get(AllocationId);
      const isThere = holder?.NetworkInterfaceId === id;
      if (isThere && holder.PrivateIpAddress === address) {
        return { AssociationId: holder.AssociationId };
      }
      if (holder && !isThere) {
        const stays = input.AllowReassociation === false || (await isOfNatGateway(holder, scope));
        if (stays) throw networkErrors.addressIsAssociated(AllocationId, holder.AssociationId);
        await unassignElasticIp(draft, holder, scope);
      }
      const associationId = ids.resource('eipassoc');
      const elasticIp = { allocationId: AllocationId, associationId, address: PublicIp };
      assignElasticIp(draft, chosen, elasticIp, address, scope);
      return { AssociationId: associationId };
    });
  },
});

/** The interface that a request names, by its ID or as an instance's first. */
async function chosenInterface(
  draft: NetworkDraft,
  { InstanceId, NetworkInterfaceId }: AssociateAddressRequest,
  scope: Ec2Scope,
): Promise<NamedInterface> {
  if (!InstanceId && !NetworkInterfaceId) {
    throw errors.missingParameter('instanceId or networkInterfaceId');
  }
  const chosen = NetworkInterfaceId
    ? await namedInterface(draft, NetworkInterfaceId, scope)
    : { instance: await namedInstance(draft, InstanceId ?? '', scope) };
  const { instance } = chosen;
  if (instance && instance.state !== 'running' && instance.state !== 'stopped') {
    throw networkErrors.instanceNotReady(instance.id, instance.state);
  }
  return chosen;
}

async function namedInstance(draft: NetworkDraft, id: string, { caller, instances }: Ec2Scope) {
  checkIds(kinds.instance, [id]);
  const instance = await draft.read(instances.at({ ...caller, id }));
  if (!instance || instance.state === 'terminated') throw kinds.instance.notFound([id]);
  return instance;
}
