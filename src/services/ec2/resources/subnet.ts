import type { HostnameType, Subnet as Described } from '@aws-sdk/client-ec2';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import { createOnce } from './creation.ts';
import { unless } from './refusals.ts';
import { shownTags, updateTags } from './tags.ts';

type Subnet = ResourceModels['AWS::EC2::Subnet'];

const NOT_FOUND = 'InvalidSubnetID.NotFound';

export const subnet = resourceType('AWS::EC2::Subnet', {
  properties: [
    'AssignIpv6AddressOnCreation',
    'AvailabilityZone',
    'AvailabilityZoneId',
    'CidrBlock',
    'EnableDns64',
    'Ipv6CidrBlock',
    'MapPublicIpOnLaunch',
    'PrivateDnsNameOptionsOnLaunch',
    'Tags',
    'VpcId',
  ],

  async create(desired, context) {
    const id = await createOnce('subnet', desired.Tags, context, async (TagSpecifications) => {
      const { VpcId, CidrBlock, Ipv6CidrBlock, AvailabilityZone, AvailabilityZoneId } = desired;
      const made = await context.invoke(model.CreateSubnet, {
        ...{ VpcId, CidrBlock, Ipv6CidrBlock, AvailabilityZone, AvailabilityZoneId },
        TagSpecifications,
      });
      return made.Subnet!.SubnetId!;
    });
    await bringAttributes(id, desired, context);
    return id;
  },

  async read(id, context) {
    const found = await describe(id, context);
    if (!found) return undefined;
    const Tags = shownTags(found.Tags);
    const Ipv6CidrBlocks = ipv6Of(found).map(({ Ipv6CidrBlock }) => Ipv6CidrBlock!);
    return {
      SubnetId: id,
      VpcId: found.VpcId!,
      CidrBlock: found.CidrBlock!,
      AvailabilityZone: found.AvailabilityZone!,
      AvailabilityZoneId: found.AvailabilityZoneId!,
      MapPublicIpOnLaunch: found.MapPublicIpOnLaunch!,
      AssignIpv6AddressOnCreation: found.AssignIpv6AddressOnCreation!,
      EnableDns64: found.EnableDns64!,
      PrivateDnsNameOptionsOnLaunch: { ...found.PrivateDnsNameOptionsOnLaunch },
      NetworkAclAssociationId: await aclAssociationOf(id, context),
      Ipv6CidrBlocks,
      ...(Ipv6CidrBlocks[0] && { Ipv6CidrBlock: Ipv6CidrBlocks[0] }),
      ...(Tags && { Tags }),
    };
  },

  async update(id, desired, _, context) {
    await bringIpv6(id, desired, context);
    await bringAttributes(id, desired, context);
    await updateTags(id, desired.Tags, context);
  },

  // The only one where the schema says "maybe" is the IPv6 block, which is changed in place.
  replaces: () => false,

  async delete(id, { invoke }) {
    await unless(NOT_FOUND, invoke(model.DeleteSubnet, { SubnetId: id }));
  },

  async list({ invoke }) {
    const { Subnets = [] } = await invoke(model.DescribeSubnets, {});
    return Subnets.map(({ SubnetId }) => SubnetId!);
  },
});

/** AWS changes one attribute a request. */
async function bringAttributes(SubnetId: string, desired: Subnet, context: ResourceContext) {
  const options = desired.PrivateDnsNameOptionsOnLaunch ?? {};
  const flag = (Value: boolean | undefined) => ({ Value: Value ?? false });
  const changes = [
    { MapPublicIpOnLaunch: flag(desired.MapPublicIpOnLaunch) },
    { AssignIpv6AddressOnCreation: flag(desired.AssignIpv6AddressOnCreation) },
    { EnableDns64: flag(desired.EnableDns64) },
    { PrivateDnsHostnameTypeOnLaunch: (options.HostnameType ?? 'ip-name') as HostnameType },
    { EnableResourceNameDnsARecordOnLaunch: flag(options.EnableResourceNameDnsARecord) },
    { EnableResourceNameDnsAAAARecordOnLaunch: flag(options.EnableResourceNameDnsAAAARecord) },
  ];
  for (const change of changes) {
    await context.invoke(model.ModifySubnetAttribute, { SubnetId, ...change });
  }
}

async function bringIpv6(SubnetId: string, desired: Subnet, context: ResourceContext) {
  const found = await describe(SubnetId, context);
  const [standing] = found ? ipv6Of(found) : [];
  const { Ipv6CidrBlock } = desired;
  if (standing?.Ipv6CidrBlock === Ipv6CidrBlock) return;
  if (standing) {
    const { AssociationId } = standing;
    await context.invoke(model.DisassociateSubnetCidrBlock, { AssociationId: AssociationId! });
  }
  if (Ipv6CidrBlock) {
    await context.invoke(model.AssociateSubnetCidrBlock, { SubnetId, Ipv6CidrBlock });
  }
}

function ipv6Of({ Ipv6CidrBlockAssociationSet }: Described) {
  return Ipv6CidrBlockAssociationSet ?? [];
}

async function aclAssociationOf(id: string, { invoke }: ResourceContext): Promise<string> {
  const Filters = [{ Name: 'association.subnet-id', Values: [id] }];
  const { NetworkAcls } = await invoke(model.DescribeNetworkAcls, { Filters });
  const own = NetworkAcls![0]!.Associations!.find(({ SubnetId }) => SubnetId === id);
  return own!.NetworkAclAssociationId!;
}

async function describe(id: string, { invoke }: ResourceContext): Promise<Described | undefined> {
  const answer = invoke(model.DescribeSubnets, { SubnetIds: [id] });
  return (await unless(NOT_FOUND, answer))?.Subnets?.[0];
}
