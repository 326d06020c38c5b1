import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { createOnce } from './creation.ts';
import { unless } from './refusals.ts';
import { shownTags, updateTags } from './tags.ts';

const NOT_FOUND = 'InvalidNetworkAclID.NotFound';

export const networkAcl = resourceType('AWS::EC2::NetworkAcl', {
  properties: ['Tags', 'VpcId'],

  create: ({ Tags, VpcId }, context) =>
    createOnce('network-acl', Tags, context, async (TagSpecifications) => {
      const { NetworkAcl } = await context.invoke(model.CreateNetworkAcl, {
        ...{ VpcId, TagSpecifications },
      });
      return NetworkAcl!.NetworkAclId!;
    }),

  async read(id, context) {
    const found = await describe(id, context);
    if (!found) return undefined;
    const Tags = shownTags(found.Tags);
    return { Id: id, VpcId: found.VpcId!, ...(Tags && { Tags }) };
  },

  update: (id, desired, _, context) => updateTags(id, desired.Tags, context),

  async delete(id, { invoke }) {
    await unless(NOT_FOUND, invoke(model.DeleteNetworkAcl, { NetworkAclId: id }));
  },

  async list({ invoke }) {
    const { NetworkAcls = [] } = await invoke(model.DescribeNetworkAcls, {});
    return NetworkAcls.map(({ NetworkAclId }) => NetworkAclId!);
  },
});

async function describe(id: string, { invoke }: ResourceContext) {
  const answer = invoke(model.DescribeNetworkAcls, { NetworkAclIds: [id] });
  return (await unless(NOT_FOUND, answer))?.NetworkAcls?.[0];
}
