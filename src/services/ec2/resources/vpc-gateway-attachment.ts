import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import * as errors from '../errors.ts';
import { isRefusal, unless } from './refusals.ts';

/** The kind of gateway that the identifier begins with. */
const TYPE = 'IGW';

export const vpcGatewayAttachment = resourceType('AWS::EC2::VPCGatewayAttachment', {
  properties: ['InternetGatewayId', 'VpcId'],

  async create({ InternetGatewayId, VpcId }, context) {
    if (!InternetGatewayId) throw errors.missingParameter('InternetGatewayId');
    await attach(InternetGatewayId, VpcId, context);
    return `${TYPE}|${VpcId}`;
  },

  async read(identifier, context) {
    const VpcId = vpcOf(identifier);
    const InternetGatewayId = await gatewayOf(VpcId, context);
    if (InternetGatewayId === undefined) return undefined;
    return { AttachmentType: TYPE, VpcId, InternetGatewayId };
  },

  async update(identifier, { InternetGatewayId }, _, context) {
    if (!InternetGatewayId) throw errors.missingParameter('InternetGatewayId');
    const VpcId = vpcOf(identifier);
    const standing = await gatewayOf(VpcId, context);
    if (standing === InternetGatewayId) return;
    if (standing) await detach(standing, VpcId, context);
    await attach(InternetGatewayId, VpcId, context);
  },

  async delete(identifier, context) {
    const VpcId = vpcOf(identifier);
    const standing = await gatewayOf(VpcId, context);
    if (standing) await detach(standing, VpcId, context);
  },

  async list({ invoke }) {
    const { InternetGateways = [] } = await invoke(model.DescribeInternetGateways, {});
    const attachments = InternetGateways.flatMap(({ Attachments }) => Attachments ?? []);
    return attachments.map(({ VpcId }) => `${TYPE}|${VpcId}`);
  },
});

function vpcOf(identifier: string): string {
  return identifier.slice(TYPE.length + 1);
}

async function attach(InternetGatewayId: string, VpcId: string, context: ResourceContext) {
  try {
    await context.invoke(model.AttachInternetGateway, { InternetGatewayId, VpcId });
  } catch (error) {
    // An earlier attempt may have come as far as this.
    const isDone =
      isRefusal(error, 'Resource.AlreadyAssociated') &&
      (await gatewayOf(VpcId, context)) === InternetGatewayId;
    if (!isDone) throw error;
  }
}

async function detach(InternetGatewayId: string, VpcId: string, { invoke }: ResourceContext) {
  const answer = invoke(model.DetachInternetGateway, { InternetGatewayId, VpcId });
  await unless('Gateway.NotAttached', answer);
}

async function gatewayOf(vpcId: string, { invoke }: ResourceContext): Promise<string | undefined> {
  const Filters = [{ Name: 'attachment.vpc-id', Values: [vpcId] }];
  const { InternetGateways } = await invoke(model.DescribeInternetGateways, { Filters });
  return InternetGateways?.[0]?.InternetGatewayId;
}
