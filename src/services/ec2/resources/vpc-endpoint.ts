import type { VpcEndpoint as Described, VpcEndpointType } from '@aws-sdk/client-ec2';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import { unless } from './refusals.ts';
import { shownTags, specification, updateTags } from './tags.ts';

type VpcEndpoint = ResourceModels['AWS::EC2::VPCEndpoint'];

const NOT_FOUND = 'InvalidVpcEndpointId.NotFound';

export const vpcEndpoint = resourceType('AWS::EC2::VPCEndpoint', {
  properties: [
    'PolicyDocument',
    'PrivateDnsEnabled',
    'RouteTableIds',
    'SecurityGroupIds',
    'ServiceName',
    'SubnetIds',
    'Tags',
    'VpcEndpointType',
    'VpcId',
  ],

  async create(desired, context) {
    const { RouteTableIds = [], SecurityGroupIds = [], SubnetIds = [] } = desired;
    const { VpcEndpoint } = await context.invoke(model.CreateVpcEndpoint, {
      ...{ VpcId: desired.VpcId, ServiceName: desired.ServiceName },
      RouteTableIds: [...RouteTableIds],
      SecurityGroupIds: [...SecurityGroupIds],
      SubnetIds: [...SubnetIds],
      VpcEndpointType: desired.VpcEndpointType as VpcEndpointType | undefined,
      PolicyDocument: policyText(desired),
      // Unlike the operation, templates leave private names off unless they ask for them.
      PrivateDnsEnabled: desired.PrivateDnsEnabled ?? false,
      TagSpecifications: [specification('vpc-endpoint', desired.Tags, context)],
      ClientToken: context.token,
    });
    return VpcEndpoint!.VpcEndpointId!;
  },

  async read(id, context) {
    const found = await describe(id, context);
    if (!found) return undefined;
    const Tags = shownTags(found.Tags);
    return {
      Id: id,
      VpcId: found.VpcId!,
      ServiceName: found.ServiceName!,
      VpcEndpointType: found.VpcEndpointType as VpcEndpoint['VpcEndpointType'],
      // Templates hold the document itself, or its text; the type knows the text only.
      PolicyDocument: JSON.parse(found.PolicyDocument!) as string,
      PrivateDnsEnabled: found.PrivateDnsEnabled!,
      RouteTableIds: found.RouteTableIds!,
      SubnetIds: found.SubnetIds!,
      SecurityGroupIds: groupsOf(found),
      NetworkInterfaceIds: found.NetworkInterfaceIds!,
      DnsEntries: (found.DnsEntries ?? []).map((each) => `${each.HostedZoneId}:${each.DnsName}`),
      CreationTimestamp: found.CreationTimestamp!.toISOString(),
      ...(Tags && { Tags }),
    };
  },

  async update(id, desired, _, context) {
    const standing = await describe(id, context);
    const tables = difference(standing?.RouteTableIds, desired.RouteTableIds);
    const subnets = difference(standing?.SubnetIds, desired.SubnetIds);
    const groups = difference(standing && groupsOf(standing), desired.SecurityGroupIds);
    const PolicyDocument = policyText(desired);
    await context.invoke(model.ModifyVpcEndpoint, {
      VpcEndpointId: id,
      ...(PolicyDocument === undefined ? { ResetPolicy: true } : { PolicyDocument }),
      PrivateDnsEnabled: desired.PrivateDnsEnabled ?? false,
      ...{ AddRouteTableIds: tables.added, RemoveRouteTableIds: tables.removed },
      ...{ AddSubnetIds: subnets.added, RemoveSubnetIds: subnets.removed },
      // Without groups of its own it keeps those that it has: it must have one.
      ...(desired.SecurityGroupIds?.length && {
        AddSecurityGroupIds: groups.added,
        RemoveSecurityGroupIds: groups.removed,
      }),
    });
    await updateTags(id, desired.Tags, context);
  },

  async delete(id, { invoke }) {
    // One that is gone is told as unsuccessful, not refused.
    await invoke(model.DeleteVpcEndpoints, { VpcEndpointIds: [id] });
  },

  async list({ invoke }) {
    const { VpcEndpoints = [] } = await invoke(model.DescribeVpcEndpoints, {});
    return VpcEndpoints.map(({ VpcEndpointId }) => VpcEndpointId!);
  },
});

function policyText(desired: VpcEndpoint): string | undefined {
  const PolicyDocument: unknown = desired.PolicyDocument;
  if (PolicyDocument === undefined || typeof PolicyDocument === 'string') return PolicyDocument;
  return JSON.stringify(PolicyDocument);
}

function groupsOf({ Groups = [] }: Described): string[] {
  return Groups.map(({ GroupId }) => GroupId!);
}

function difference(standing: readonly string[] = [], wanted: readonly string[] = []) {
  return {
    added: wanted.filter((id) => !standing.includes(id)),
    removed: standing.filter((id) => !wanted.includes(id)),
  };
}

async function describe(id: string, { invoke }: ResourceContext): Promise<Described | undefined> {
  const answer = invoke(model.DescribeVpcEndpoints, { VpcEndpointIds: [id] });
  return (await unless(NOT_FOUND, answer))?.VpcEndpoints?.[0];
}
