import type { ModifyTransitGatewayVpcAttachmentRequestOptions } from '@aws-sdk/client-ec2';
import { resourceType } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import { updateTags } from './tags.ts';
import { transitGatewayAttachment } from './transit-gateway-attachment.ts';

type Attachment = ResourceModels['AWS::EC2::TransitGatewayVpcAttachment'];

/** The same as AWS::EC2::TransitGatewayAttachment, but subnets come and go by properties of their own. */
export const transitGatewayVpcAttachment = resourceType('AWS::EC2::TransitGatewayVpcAttachment', {
  properties: [
    ...(['AddSubnetIds', 'Options', 'RemoveSubnetIds', 'SubnetIds', 'Tags'] as const),
    ...(['TransitGatewayId', 'VpcId'] as const),
  ],

  create: (desired, context) =>
    transitGatewayAttachment.create({ ...desired, SubnetIds: subnetsOf(desired) }, context),
  read: (id, context) => transitGatewayAttachment.read(id, context),

  async update(id, desired, _, context) {
    const standing = (await transitGatewayAttachment.read(id, context))?.SubnetIds ?? [];
    const { AddSubnetIds = [], RemoveSubnetIds = [], Options } = desired;
    await context.invoke(model.ModifyTransitGatewayVpcAttachment, {
      TransitGatewayAttachmentId: id,
      AddSubnetIds: AddSubnetIds.filter((subnet) => !standing.includes(subnet)),
      RemoveSubnetIds: RemoveSubnetIds.filter((subnet) => standing.includes(subnet)),
      Options: Options as ModifyTransitGatewayVpcAttachmentRequestOptions | undefined,
    });
    await updateTags(id, desired.Tags, context);
  },

  delete: (id, context) => transitGatewayAttachment.delete(id, context),
  list: (context) => transitGatewayAttachment.list(context),
});

function subnetsOf({ SubnetIds, AddSubnetIds = [], RemoveSubnetIds = [] }: Attachment): string[] {
  const all = [...new Set([...SubnetIds, ...AddSubnetIds])];
  return all.filter((subnet) => !RemoveSubnetIds.includes(subnet));
}
