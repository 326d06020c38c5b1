import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { NetworkDraft } from '../domain/network/network-draft.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import {
  checkSubnets,
  wireVpcAttachment,
  type TransitAttachmentRecord,
} from '../domain/transit/attachment.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';
import * as transitErrors from '../transit-errors.ts';

/** Attaches a VPC once, and puts it into the gateway's default route tables. */
export const createTransitGatewayVpcAttachment = operation(
  model.CreateTransitGatewayVpcAttachment,
  {
    recorded: true,
    authorize: (input, { caller }: Ec2Scope) => [
      onResource(
        'CreateTransitGatewayVpcAttachment',
        kinds.transitGatewayAttachment,
        undefined,
        caller,
      ),
      onResource('CreateTransitGatewayVpcAttachment', kinds.vpc, input.VpcId, caller),
    ],
    async handle(input, { caller, clock, ids, networks }) {
      const { TransitGatewayId, VpcId, SubnetIds = [], Options = {} } = input;
      if (!TransitGatewayId) throw errors.missingParameter('TransitGatewayId');
      if (!VpcId) throw errors.missingParameter('VpcId');
      if (SubnetIds.length === 0) throw errors.missingParameter('SubnetIds');
      const tags = tagsOfNew(caller, kinds.transitGatewayAttachment, input.TagSpecifications);
      const attachment: TransitAttachmentRecord = {
        TransitGatewayAttachmentId: ids.resource('tgw-attach'),
        ...{ TransitGatewayId, VpcId, SubnetIds },
        Options: {
          DnsSupport: Options.DnsSupport ?? 'enable',
          SecurityGroupReferencingSupport: Options.SecurityGroupReferencingSupport ?? 'enable',
          Ipv6Support: Options.Ipv6Support ?? 'disable',
          ApplianceModeSupport: Options.ApplianceModeSupport ?? 'disable',
        },
        createdAtMs: clock.now(),
      };
      await networks.change(caller, async (draft) => {
        await draft.find('vpc', VpcId);
        await checkSubnets(draft, VpcId, SubnetIds);
        const others = await draft.inVpc('transit-gateway-attachment', VpcId);
        if (others.some((other) => other.TransitGatewayId === TransitGatewayId)) {
          throw transitErrors.vpcIsAttached(TransitGatewayId, VpcId);
        }
        await joinDefaultTables(draft, attachment);
        draft.create('transit-gateway-attachment', attachment, tags);
      });
      const shown = { ...wireVpcAttachment(attachment, caller), State: 'pending' as const };
      return { TransitGatewayVpcAttachment: { ...shown, Tags: wireTags(tags) } };
    },
  },
);

async function joinDefaultTables(
  draft: NetworkDraft,
  { TransitGatewayAttachmentId: id, TransitGatewayId }: TransitAttachmentRecord,
): Promise<void> {
  const { Options } = await draft.find('transit-gateway', TransitGatewayId);
  const { AssociationDefaultRouteTableId, PropagationDefaultRouteTableId } = Options;
  if (AssociationDefaultRouteTableId) {
    const table = await draft.find('transit-gateway-route-table', AssociationDefaultRouteTableId);
    const associations = [...table.associations, id];
    draft.put('transit-gateway-route-table', { ...table, associations });
  }
  if (PropagationDefaultRouteTableId) {
    const table = await draft.find('transit-gateway-route-table', PropagationDefaultRouteTableId);
    const propagations = [...table.propagations, id];
    draft.put('transit-gateway-route-table', { ...table, propagations });
  }
}
