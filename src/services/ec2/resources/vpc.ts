import type { Vpc as Described } from '@aws-sdk/client-ec2';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import { createOnce } from './creation.ts';
import { unless } from './refusals.ts';
import { shownTags, updateTags } from './tags.ts';

type Vpc = ResourceModels['AWS::EC2::VPC'];

const NOT_FOUND = 'InvalidVpcID.NotFound';

export const vpc = resourceType('AWS::EC2::VPC', {
  properties: ['CidrBlock', 'EnableDnsHostnames', 'EnableDnsSupport', 'InstanceTenancy', 'Tags'],

  async create(desired, context) {
    const id = await createOnce('vpc', desired.Tags, context, async (TagSpecifications) => {
      const made = await context.invoke(model.CreateVpc, {
        CidrBlock: desired.CidrBlock,
        InstanceTenancy: desired.InstanceTenancy as 'default' | undefined,
        TagSpecifications,
      });
      return made.Vpc!.VpcId!;
    });
    await bringDns(id, desired, context);
    return id;
  },

  async read(id, context) {
    const found = await describe(id, context);
    if (!found) return undefined;
    const Tags = shownTags(found.Tags);
    return {
      VpcId: id,
      CidrBlock: found.CidrBlock!,
      InstanceTenancy: found.InstanceTenancy!,
      CidrBlockAssociations: ids(found.CidrBlockAssociationSet),
      Ipv6CidrBlocks: (found.Ipv6CidrBlockAssociationSet ?? []).map(
        ({ Ipv6CidrBlock }) => Ipv6CidrBlock!,
      ),
      ...(await dnsOf(id, context)),
      ...(await defaultsOf(id, context)),
      ...(Tags && { Tags }),
    };
  },

  async update(id, desired, _, context) {
    await bringDns(id, desired, context);
    await updateTags(id, desired.Tags, context);
  },

  async delete(id, { invoke }) {
    await unless(NOT_FOUND, invoke(model.DeleteVpc, { VpcId: id }));
  },

  // A tenancy of its own is refused, whatever it was before.
  replaces: () => false,

  async list({ invoke }) {
    const { Vpcs = [] } = await invoke(model.DescribeVpcs, {});
    return Vpcs.map(({ VpcId }) => VpcId!);
  },
});

/** Names need support: it comes before them and goes after them. */
async function bringDns(VpcId: string, desired: Vpc, { invoke }: ResourceContext): Promise<void> {
  const { EnableDnsSupport = true, EnableDnsHostnames = false } = desired;
  const support = () =>
    invoke(model.ModifyVpcAttribute, { VpcId, EnableDnsSupport: { Value: EnableDnsSupport } });
  const names = () =>
    invoke(model.ModifyVpcAttribute, { VpcId, EnableDnsHostnames: { Value: EnableDnsHostnames } });
  for (const bring of EnableDnsSupport ? [support, names] : [names, support]) await bring();
}

async function dnsOf(VpcId: string, { invoke }: ResourceContext) {
  const support = { VpcId, Attribute: 'enableDnsSupport' } as const;
  const names = { VpcId, Attribute: 'enableDnsHostnames' } as const;
  const { EnableDnsSupport } = await invoke(model.DescribeVpcAttribute, support);
  const { EnableDnsHostnames } = await invoke(model.DescribeVpcAttribute, names);
  return {
    EnableDnsSupport: EnableDnsSupport!.Value!,
    EnableDnsHostnames: EnableDnsHostnames!.Value!,
  };
}

/** What was made along with it. */
async function defaultsOf(id: string, { invoke }: ResourceContext) {
  const inVpc = { Name: 'vpc-id', Values: [id] };
  const { NetworkAcls } = await invoke(model.DescribeNetworkAcls, {
    Filters: [inVpc, { Name: 'default', Values: ['true'] }],
  });
  const { SecurityGroups } = await invoke(model.DescribeSecurityGroups, {
    Filters: [inVpc, { Name: 'group-name', Values: ['default'] }],
  });
  return {
    DefaultNetworkAcl: NetworkAcls![0]!.NetworkAclId!,
    DefaultSecurityGroup: SecurityGroups![0]!.GroupId!,
  };
}

async function describe(id: string, { invoke }: ResourceContext): Promise<Described | undefined> {
  return (await unless(NOT_FOUND, invoke(model.DescribeVpcs, { VpcIds: [id] })))?.Vpcs?.[0];
}

function ids(blocks: readonly { readonly AssociationId?: string | undefined }[] = []): string[] {
  return blocks.map(({ AssociationId }) => AssociationId!);
}
