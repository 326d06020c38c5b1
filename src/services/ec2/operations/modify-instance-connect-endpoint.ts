import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { groupsIn } from '../domain/interfaces/groups.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

export const modifyInstanceConnectEndpoint = operation(model.ModifyInstanceConnectEndpoint, {
  recorded: true,
  authorize: ({ InstanceConnectEndpointId: id }, { caller }: Ec2Scope) =>
    onResource('ModifyInstanceConnectEndpoint', kinds.instanceConnectEndpoint, id, caller),
  async handle(input, { caller, networks }) {
    const { InstanceConnectEndpointId: id, PreserveClientIp, SecurityGroupIds = [] } = input;
    if (!id) throw errors.missingParameter('InstanceConnectEndpointId');
    if (input.IpAddressType && input.IpAddressType !== 'ipv4') {
      throw errors.unsupported('Alacarte has Instance Connect Endpoints of type ipv4 only.');
    }
    await networks.change(caller, async (draft) => {
      const endpoint = await draft.find('instance-connect-endpoint', id);
      for (const each of SecurityGroupIds) await draft.take('security-group', each);
      draft.put('instance-connect-endpoint', {
        ...endpoint,
        ...(PreserveClientIp !== undefined && { PreserveClientIp }),
        ...(SecurityGroupIds.length > 0 && {
          Groups: await groupsIn(draft, endpoint.VpcId, SecurityGroupIds),
        }),
      });
    });
    return { Return: true };
  },
});
