import type { TransitGatewayVpcAttachment } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import { shownAttachments, wireVpcAttachment } from '../domain/transit/attachment.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<TransitGatewayVpcAttachment> = {
  state: (attachment) => attachment.State,
  'transit-gateway-attachment-id': (attachment) => attachment.TransitGatewayAttachmentId,
  'transit-gateway-id': (attachment) => attachment.TransitGatewayId,
  'vpc-id': (attachment) => attachment.VpcId,
};

export const describeTransitGatewayVpcAttachments = operation(
  model.DescribeTransitGatewayVpcAttachments,
  {
    recorded: true,
    async handle(input, scope: Ec2Scope) {
      const { caller, tags } = scope;
      const recorded = await shownAttachments(scope);
      const shown = recorded.map((attachment) => wireVpcAttachment(attachment, caller));
      const all = await tags.join(caller, shown, (each) => each.TransitGatewayAttachmentId);
      const { found, NextToken } = select(all, input, {
        id: (attachment) => attachment.TransitGatewayAttachmentId,
        ids: { kind: kinds.transitGatewayAttachment, given: input.TransitGatewayAttachmentIds },
        filters,
      });
      return { TransitGatewayVpcAttachments: found, NextToken };
    },
  },
);
