import type { CreateTransitGatewayVpcAttachmentRequestOptions } from '@aws-sdk/client-ec2';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { createOnce } from './creation.ts';
import { unless } from './refusals.ts';
import { shownTags, updateTags } from './tags.ts';

const NOT_FOUND = 'InvalidTransitGatewayAttachmentID.NotFound';

export const transitGatewayAttachment = resourceType('AWS::EC2::TransitGatewayAttachment', {
  properties: ['Options', 'SubnetIds', 'Tags', 'TransitGatewayId', 'VpcId'],

  create: (desired, context) =>
    createOnce('transit-gateway-attachment', desired.Tags, context, async (TagSpecifications) => {
      const { SubnetIds, TransitGatewayId, VpcId } = desired;
      const answer = await context.invoke(model.CreateTransitGatewayVpcAttachment, {
        ...{ SubnetIds: [...SubnetIds], TransitGatewayId, VpcId, TagSpecifications },
        Options: desired.Options as CreateTransitGatewayVpcAttachmentRequestOptions | undefined,
      });
      return answer.TransitGatewayVpcAttachment!.TransitGatewayAttachmentId!;
    }),

  async read(id, context) {
    const found = await describe(id, context);
    if (!found) return undefined;
    const Tags = shownTags(found.Tags);
    return {
      Id: id,
      TransitGatewayId: found.TransitGatewayId!,
      VpcId: found.VpcId!,
      SubnetIds: found.SubnetIds!,
      Options: { ...found.Options },
      ...(Tags && { Tags }),
    };
  },

  async update(id, desired, _, context) {
    const standing = (await describe(id, context))?.SubnetIds ?? [];
    await context.invoke(model.ModifyTransitGatewayVpcAttachment, {
      TransitGatewayAttachmentId: id,
      AddSubnetIds: desired.SubnetIds.filter((subnet) => !standing.includes(subnet)),
      RemoveSubnetIds: standing.filter((subnet) => !desired.SubnetIds.includes(subnet)),
      Options: desired.Options as CreateTransitGatewayVpcAttachmentRequestOptions | undefined,
    });
    await updateTags(id, desired.Tags, context);
  },

  async delete(id, { invoke }) {
    const request = { TransitGatewayAttachmentId: id };
    await unless(NOT_FOUND, invoke(model.DeleteTransitGatewayVpcAttachment, request));
  },

  async list({ invoke }) {
    const answer = await invoke(model.DescribeTransitGatewayVpcAttachments, {});
    const { TransitGatewayVpcAttachments = [] } = answer;
    return TransitGatewayVpcAttachments.filter(({ State }) => State !== 'deleted').map(
      (each) => each.TransitGatewayAttachmentId!,
    );
  },
});

async function describe(id: string, { invoke }: ResourceContext) {
  const request = { TransitGatewayAttachmentIds: [id] };
  const answer = invoke(model.DescribeTransitGatewayVpcAttachments, request);
  const found = (await unless(NOT_FOUND, answer))?.TransitGatewayVpcAttachments?.[0];
  return found?.State === 'deleted' ? undefined : found;
}
