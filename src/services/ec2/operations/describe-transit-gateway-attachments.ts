import type { TransitGatewayAttachment } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import { shownAttachments, wireAttachment } from '../domain/transit/attachment.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<TransitGatewayAttachment> = {
  'association.state': (attachment) => attachment.Association?.State,
  'association.transit-gateway-route-table-id': (attachment) =>
    attachment.Association?.TransitGatewayRouteTableId,
  'resource-id': (attachment) => attachment.ResourceId,
  'resource-owner-id': (attachment) => attachment.ResourceOwnerId,
  'resource-type': (attachment) => attachment.ResourceType,
  state: (attachment) => attachment.State,
  'transit-gateway-attachment-id': (attachment) => attachment.TransitGatewayAttachmentId,
  'transit-gateway-id': (attachment) => attachment.TransitGatewayId,
  'transit-gateway-owner-id': (attachment) => attachment.TransitGatewayOwnerId,
};

/** Attachments of every kind, of which there are those of VPCs so far. */
export const describeTransitGatewayAttachments = operation(
  model.DescribeTransitGatewayAttachments,
  {
    recorded: true,
    async handle(input, scope: Ec2Scope) {
      const { caller, networks, tags } = scope;
      const recorded = await shownAttachments(scope);
      const tables = await networks.list('transit-gateway-route-table', caller);
      const shown = recorded.map((attachment) => wireAttachment(attachment, tables, caller));
      const all = await tags.join(caller, shown, (each) => each.TransitGatewayAttachmentId);
      const { found, NextToken } = select(all, input, {
        id: (attachment) => attachment.TransitGatewayAttachmentId,
        ids: { kind: kinds.transitGatewayAttachment, given: input.TransitGatewayAttachmentIds },
        filters,
      });
      return { TransitGatewayAttachments: found, NextToken };
    },
  },
);
