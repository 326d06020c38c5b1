import type { NetworkAcl } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';
import { realizeNetwork } from '../domain/data-plane/carried.ts';

const filters: Filters<NetworkAcl> = {
  'association.association-id': (acl) =>
    acl.Associations?.map((association) => association.NetworkAclAssociationId),
  'association.network-acl-id': (acl) =>
    acl.Associations?.map((association) => association.NetworkAclId),
  'association.subnet-id': (acl) => acl.Associations?.map((association) => association.SubnetId),
  default: (acl) => acl.IsDefault,
  'entry.cidr': (acl) => acl.Entries?.map((entry) => entry.CidrBlock),
  'entry.icmp.code': (acl) => acl.Entries?.map((entry) => entry.IcmpTypeCode?.Code),
  'entry.icmp.type': (acl) => acl.Entries?.map((entry) => entry.IcmpTypeCode?.Type),
  'entry.ipv6-cidr': (acl) => acl.Entries?.map((entry) => entry.Ipv6CidrBlock),
  'entry.port-range.from': (acl) => acl.Entries?.map((entry) => entry.PortRange?.From),
  'entry.port-range.to': (acl) => acl.Entries?.map((entry) => entry.PortRange?.To),
  'entry.protocol': (acl) => acl.Entries?.map((entry) => entry.Protocol),
  'entry.rule-action': (acl) => acl.Entries?.map((entry) => entry.RuleAction),
  'entry.egress': (acl) => acl.Entries?.map((entry) => entry.Egress),
  'entry.rule-number': (acl) => acl.Entries?.map((entry) => entry.RuleNumber),
  'network-acl-id': (acl) => acl.NetworkAclId,
  'owner-id': (acl) => acl.OwnerId,
  'vpc-id': (acl) => acl.VpcId,
};

export const describeNetworkAcls = operation(model.DescribeNetworkAcls, {
  async handle(input, scope: Ec2Scope) {
    realizeNetwork(scope);
    const recorded = await scope.networks.list('network-acl', scope.caller);
    const all = await scope.tags.join(scope.caller, recorded, (acl) => acl.NetworkAclId);
    const { found, NextToken } = select(all, input, {
      id: (acl) => acl.NetworkAclId,
      ids: { kind: kinds.networkAcl, given: input.NetworkAclIds },
      filters,
    });
    return { NetworkAcls: found, NextToken };
  },
});
