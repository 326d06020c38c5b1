import type { AssociateAddressRequest } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { set } from '../../../storage/records.ts';
import { holders } from '../domain/elastic-ips/holders.ts';
import { namedElasticIp } from '../domain/elastic-ips/named.ts';
import { withoutElasticIp } from '../domain/elastic-ips/without.ts';
import type { Instance } from '../domain/instances/instance.ts';
import { hasInternetGateway } from '../domain/network/internet-gateways.ts';
import type { NetworkDraft } from '../domain/network/network-draft.ts';
import { onResource } from '../domain/permission.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/**
 * Gives an instance an elastic IP, in place of the one that it has. Another instance that has the
 * address loses it, unless the request says otherwise.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateAddress.html
 */
export const associateAddress = operation(model.AssociateAddress, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('AssociateAddress', kinds.elasticIp, input.AllocationId, caller),
  async handle(input, scope) {
    const { caller, ids, instances, networks } = scope;
    return networks.change(caller, async (draft) => {
      const { AllocationId, PublicIp } = await namedElasticIp(draft, input);
      const instance = await chosenInstance(draft, input, scope);
      if (!(await hasInternetGateway(draft, instance.network.vpcId))) {
        throw networkErrors.noInternetGateway(instance.network.vpcId);
      }
      const held = holders(await instances.list(caller), await draft.list('natgateway'));
      const holder = held.get(AllocationId);
      if (holder?.InstanceId === instance.id) return { AssociationId: holder.AssociationId };
      if (holder && (input.AllowReassociation === false || !holder.InstanceId)) {
        throw networkErrors.addressIsAssociated(AllocationId, holder.AssociationId);
      }
      if (holder?.InstanceId) {
        const slot = instances.at({ ...caller, id: holder.InstanceId });
        const other = await draft.read(slot);
        if (other) draft.write(set(slot, withoutElasticIp(other)));
      }
      const associationId = ids.resource('eipassoc');
      const elasticIp = { allocationId: AllocationId, associationId, address: PublicIp };
      const network = { ...instance.network, elasticIp };
      draft.write(set(instances.at(instance), { ...instance, network }));
      return { AssociationId: associationId };
    });
  },
});

/** The instance that a request names by its ID or its interface's. */
async function chosenInstance(
  draft: NetworkDraft,
  { InstanceId, NetworkInterfaceId, PrivateIpAddress }: AssociateAddressRequest,
  { caller, instances }: Ec2Scope,
): Promise<Instance> {
  if (!InstanceId && !NetworkInterfaceId) {
    throw errors.missingParameter('instanceId or networkInterfaceId');
  }
  const kind = NetworkInterfaceId ? kinds.networkInterface : kinds.instance;
  const named = NetworkInterfaceId ?? InstanceId ?? '';
  checkIds(kind, [named]);
  const found = (await instances.list(caller)).find(
    ({ id, state, network }) =>
      state !== 'terminated' && (id === named || network.interfaceId === named),
  );
  const instance = found && (await draft.read(instances.at(found)));
  if (!instance) throw kind.notFound([named]);
  if (instance.state !== 'running' && instance.state !== 'stopped') {
    throw networkErrors.instanceNotReady(instance.id, instance.state);
  }
  if (PrivateIpAddress && PrivateIpAddress !== instance.network.privateAddress) {
    throw errors.invalidValue(
      PrivateIpAddress,
      'privateIpAddress',
      `It is not an address of '${named}'.`,
    );
  }
  return instance;
}
