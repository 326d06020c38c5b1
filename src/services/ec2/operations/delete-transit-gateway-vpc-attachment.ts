import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isVisible } from '../domain/nat-gateways/nat-gateways.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { wireVpcAttachment } from '../domain/transit/attachment.ts';
import { tablesOf } from '../domain/transit/table.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Seen as deleted for an hour. Its associations and propagations go with it; static routes to it turn black. */
export const deleteTransitGatewayVpcAttachment = operation(
  model.DeleteTransitGatewayVpcAttachment,
  {
    recorded: true,
    authorize: (input, { caller }: Ec2Scope) =>
      onResource(
        'DeleteTransitGatewayVpcAttachment',
        kinds.transitGatewayAttachment,
        input.TransitGatewayAttachmentId,
        caller,
      ),
    async handle({ TransitGatewayAttachmentId: id }, { caller, clock, networks }) {
      if (!id) throw errors.missingParameter('TransitGatewayAttachmentId');
      const gone = await networks.change(caller, async (draft) => {
        const attachment = await draft.find('transit-gateway-attachment', id);
        for (const table of await tablesOf(draft, attachment.TransitGatewayId)) {
          const associations = table.associations.filter((each) => each !== id);
          const propagations = table.propagations.filter((each) => each !== id);
          draft.put('transit-gateway-route-table', { ...table, associations, propagations });
        }
        const now = clock.now();
        for (const old of await draft.list('deleted-transit-gateway-attachment')) {
          if (isVisible(old, now)) continue;
          draft.remove('deleted-transit-gateway-attachment', old.TransitGatewayAttachmentId);
        }
        draft.put('deleted-transit-gateway-attachment', { ...attachment, deletedAtMs: now });
        draft.remove('transit-gateway-attachment', id);
        return attachment;
      });
      const shown = { ...wireVpcAttachment(gone, caller), State: 'deleting' as const };
      return { TransitGatewayVpcAttachment: shown };
    },
  },
);
