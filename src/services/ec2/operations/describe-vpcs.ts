import type { Vpc } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';
import { realizeNetwork } from '../domain/data-plane/carried.ts';

const filters: Filters<Vpc> = {
  cidr: (vpc) => vpc.CidrBlock,
  'cidr-block-association.association-id': (vpc) =>
    vpc.CidrBlockAssociationSet?.map((block) => block.AssociationId),
  'cidr-block-association.cidr-block': (vpc) =>
    vpc.CidrBlockAssociationSet?.map((block) => block.CidrBlock),
  'cidr-block-association.state': (vpc) =>
    vpc.CidrBlockAssociationSet?.map((block) => block.CidrBlockState?.State),
  'dhcp-options-id': (vpc) => vpc.DhcpOptionsId,
  'ipv6-cidr-block-association.association-id': (vpc) =>
    vpc.Ipv6CidrBlockAssociationSet?.map((block) => block.AssociationId),
  'ipv6-cidr-block-association.ipv6-cidr-block': (vpc) =>
    vpc.Ipv6CidrBlockAssociationSet?.map((block) => block.Ipv6CidrBlock),
  'ipv6-cidr-block-association.ipv6-pool': (vpc) =>
    vpc.Ipv6CidrBlockAssociationSet?.map((block) => block.Ipv6Pool),
  'ipv6-cidr-block-association.state': (vpc) =>
    vpc.Ipv6CidrBlockAssociationSet?.map((block) => block.Ipv6CidrBlockState?.State),
  'is-default': (vpc) => vpc.IsDefault,
  isDefault: (vpc) => vpc.IsDefault,
  'owner-id': (vpc) => vpc.OwnerId,
  state: (vpc) => vpc.State,
  'vpc-id': (vpc) => vpc.VpcId,
};

export const describeVpcs = operation(model.DescribeVpcs, {
  async handle(input, scope: Ec2Scope) {
    realizeNetwork(scope);
    const recorded = await scope.networks.list('vpc', scope.caller);
    const all = await scope.tags.join(scope.caller, recorded, (vpc) => vpc.VpcId);
    const { found, NextToken } = select(all, input, {
      id: (vpc) => vpc.VpcId,
      ids: { kind: kinds.vpc, given: input.VpcIds },
      filters,
    });
    return { Vpcs: found, NextToken };
  },
});
