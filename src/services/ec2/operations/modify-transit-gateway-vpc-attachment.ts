import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { checkSubnets, wireVpcAttachment } from '../domain/transit/attachment.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

export const modifyTransitGatewayVpcAttachment = operation(
  model.ModifyTransitGatewayVpcAttachment,
  {
    recorded: true,
    authorize: (input, { caller }: Ec2Scope) =>
      onResource(
        'ModifyTransitGatewayVpcAttachment',
        kinds.transitGatewayAttachment,
        input.TransitGatewayAttachmentId,
        caller,
      ),
    async handle(input, { caller, networks }) {
      const { TransitGatewayAttachmentId: id, Options = {} } = input;
      if (!id) throw errors.missingParameter('TransitGatewayAttachmentId');
      const { AddSubnetIds = [], RemoveSubnetIds = [] } = input;
      const after = await networks.change(caller, async (draft) => {
        const before = await draft.find('transit-gateway-attachment', id);
        const wanted = new Set([...before.SubnetIds, ...AddSubnetIds]);
        for (const subnetId of RemoveSubnetIds) wanted.delete(subnetId);
        if (wanted.size === 0) {
          throw errors.invalidParameter(`${id} must keep one subnet at least.`);
        }
        const changed = {
          ...before,
          SubnetIds: await checkSubnets(draft, before.VpcId, [...wanted]),
          Options: { ...before.Options, ...Options },
        };
        draft.put('transit-gateway-attachment', changed);
        return changed;
      });
      const shown = { ...wireVpcAttachment(after, caller), State: 'modifying' as const };
      return { TransitGatewayVpcAttachment: shown };
    },
  },
);
