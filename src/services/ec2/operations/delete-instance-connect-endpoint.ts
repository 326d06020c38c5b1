import { clear } from '../../../storage/records.ts';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { wireConnectEndpoint } from '../domain/connect-endpoints/connect-endpoint.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Its interface goes with it. */
export const deleteInstanceConnectEndpoint = operation(model.DeleteInstanceConnectEndpoint, {
  recorded: true,
  authorize: ({ InstanceConnectEndpointId: id }, { caller }: Ec2Scope) =>
    onResource('DeleteInstanceConnectEndpoint', kinds.instanceConnectEndpoint, id, caller),
  async handle({ InstanceConnectEndpointId: id }, { caller, networks, instances }) {
    if (!id) throw errors.missingParameter('InstanceConnectEndpointId');
    const gone = await networks.change(caller, async (draft) => {
      const endpoint = await draft.find('instance-connect-endpoint', id);
      const { SubnetId, PrivateIpAddress } = endpoint;
      draft.write(clear(instances.addresses.privateAt(SubnetId, PrivateIpAddress)));
      draft.remove('instance-connect-endpoint', id);
      return endpoint;
    });
    return { InstanceConnectEndpoint: wireConnectEndpoint(gone, caller, 'delete-in-progress') };
  },
});
