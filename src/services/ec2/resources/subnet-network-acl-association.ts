import type { NetworkAcl } from '@aws-sdk/client-ec2';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';

/** A subnet is always under one ACL: under the VPC's default one where it has no other. */
export const subnetNetworkAclAssociation = resourceType('AWS::EC2::SubnetNetworkAclAssociation', {
  properties: ['NetworkAclId', 'SubnetId'],

  async create({ NetworkAclId, SubnetId }, context) {
    const acl = await aclOf({ Name: 'association.subnet-id', Values: [SubnetId] }, context);
    const standing = acl?.Associations?.find((each) => each.SubnetId === SubnetId);
    if (standing?.NetworkAclId === NetworkAclId) return standing.NetworkAclAssociationId!;
    const { NewAssociationId } = await context.invoke(model.ReplaceNetworkAclAssociation, {
      AssociationId: standing?.NetworkAclAssociationId,
      NetworkAclId,
    });
    return NewAssociationId!;
  },

  async read(id, context) {
    const found = await find(id, context);
    if (!found) return undefined;
    return { AssociationId: id, NetworkAclId: found.NetworkAclId!, SubnetId: found.SubnetId! };
  },

  async delete(id, context) {
    const Filter = { Name: 'association.association-id', Values: [id] };
    const acl = await aclOf(Filter, context);
    if (!acl || acl.IsDefault) return;
    const { NetworkAcls } = await context.invoke(model.DescribeNetworkAcls, {
      Filters: [
        { Name: 'vpc-id', Values: [acl.VpcId!] },
        { Name: 'default', Values: ['true'] },
      ],
    });
    const { NetworkAclId } = NetworkAcls![0]!;
    await context.invoke(model.ReplaceNetworkAclAssociation, { AssociationId: id, NetworkAclId });
  },

  async list({ invoke }) {
    const { NetworkAcls = [] } = await invoke(model.DescribeNetworkAcls, {});
    return NetworkAcls.flatMap(({ Associations = [] }) =>
      Associations.map((each) => each.NetworkAclAssociationId!),
    );
  },
});

async function find(id: string, context: ResourceContext) {
  const acl = await aclOf({ Name: 'association.association-id', Values: [id] }, context);
  return acl?.Associations?.find((each) => each.NetworkAclAssociationId === id);
}

async function aclOf(
  filter: { Name: string; Values: string[] },
  { invoke }: ResourceContext,
): Promise<NetworkAcl | undefined> {
  const { NetworkAcls } = await invoke(model.DescribeNetworkAcls, { Filters: [filter] });
  return NetworkAcls?.[0];
}
