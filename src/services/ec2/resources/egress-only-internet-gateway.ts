import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { createOnce } from './creation.ts';
import { unless } from './refusals.ts';
import { shownTags, updateTags } from './tags.ts';

const NOT_FOUND = 'InvalidEgressOnlyInternetGatewayId.NotFound';

export const egressOnlyInternetGateway = resourceType('AWS::EC2::EgressOnlyInternetGateway', {
  properties: ['Tags', 'VpcId'],

  create: ({ Tags, VpcId }, context) =>
    createOnce('egress-only-internet-gateway', Tags, context, async (TagSpecifications) => {
      const answer = await context.invoke(model.CreateEgressOnlyInternetGateway, {
        ...{ VpcId, TagSpecifications },
      });
      return answer.EgressOnlyInternetGateway!.EgressOnlyInternetGatewayId!;
    }),

  async read(id, context) {
    const found = await describe(id, context);
    if (!found) return undefined;
    const Tags = shownTags(found.Tags);
    return { Id: id, VpcId: found.Attachments![0]!.VpcId!, ...(Tags && { Tags }) };
  },

  update: (id, desired, _, context) => updateTags(id, desired.Tags, context),

  async delete(id, { invoke }) {
    const request = { EgressOnlyInternetGatewayId: id };
    await unless(NOT_FOUND, invoke(model.DeleteEgressOnlyInternetGateway, request));
  },

  async list({ invoke }) {
    const answer = await invoke(model.DescribeEgressOnlyInternetGateways, {});
    const { EgressOnlyInternetGateways = [] } = answer;
    return EgressOnlyInternetGateways.map((each) => each.EgressOnlyInternetGatewayId!);
  },
});

async function describe(id: string, { invoke }: ResourceContext) {
  const request = { EgressOnlyInternetGatewayIds: [id] };
  const answer = invoke(model.DescribeEgressOnlyInternetGateways, request);
  return (await unless(NOT_FOUND, answer))?.EgressOnlyInternetGateways?.[0];
}
