import { resourceType } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { createOnce } from './creation.ts';
import { unless } from './refusals.ts';
import { shownTags, updateTags } from './tags.ts';

const NOT_FOUND = 'InvalidInternetGatewayID.NotFound';

export const internetGateway = resourceType('AWS::EC2::InternetGateway', {
  properties: ['Tags'],

  create: (desired, context) =>
    createOnce('internet-gateway', desired.Tags, context, async (TagSpecifications) => {
      const made = await context.invoke(model.CreateInternetGateway, { TagSpecifications });
      return made.InternetGateway!.InternetGatewayId!;
    }),

  async read(id, { invoke }) {
    const answer = invoke(model.DescribeInternetGateways, { InternetGatewayIds: [id] });
    const found = (await unless(NOT_FOUND, answer))?.InternetGateways?.[0];
    if (!found) return undefined;
    const Tags = shownTags(found.Tags);
    return { InternetGatewayId: id, ...(Tags && { Tags }) };
  },

  update: (id, desired, _, context) => updateTags(id, desired.Tags, context),

  async delete(id, { invoke }) {
    await unless(NOT_FOUND, invoke(model.DeleteInternetGateway, { InternetGatewayId: id }));
  },

  async list({ invoke }) {
    const { InternetGateways = [] } = await invoke(model.DescribeInternetGateways, {});
    return InternetGateways.map(({ InternetGatewayId }) => InternetGatewayId!);
  },
});
