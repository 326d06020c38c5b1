import type { ModifyVpcEndpointRequest } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { withCards, withoutCards } from '../domain/endpoints/cards.ts';
import { FULL_ACCESS, type VpcEndpointRecord } from '../domain/endpoints/endpoint.ts';
import { checkPrivateDns, withGroups, withTables } from '../domain/endpoints/members.ts';
import { checkPolicy } from '../domain/endpoints/policy.ts';
import { checkFitsType } from '../domain/endpoints/request.ts';
import type { NetworkDraft } from '../domain/network/network-draft.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as endpointErrors from '../endpoint-errors.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Changes what a request names, all of it or nothing. */
export const modifyVpcEndpoint = operation(model.ModifyVpcEndpoint, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('ModifyVpcEndpoint', kinds.vpcEndpoint, input.VpcEndpointId, caller),
  async handle(input, scope) {
    refuseMembers('ModifyVpcEndpoint', input, ['SubnetConfigurations']);
    const { VpcEndpointId, ResetPolicy, PolicyDocument } = input;
    if (!VpcEndpointId) throw errors.missingParameter('VpcEndpointId');
    if (ResetPolicy && PolicyDocument) {
      throw errors.combination('ResetPolicy and PolicyDocument may not be given together');
    }
    await scope.networks.change(scope.caller, async (draft) => {
      const before = await draft.find('vpc-endpoint', VpcEndpointId);
      checkFitsType(input, before.VpcEndpointType);
      const after = await changed(draft, before, input, scope);
      await checkPrivateDns(draft, after);
      draft.put('vpc-endpoint', after);
    });
    return { Return: true };
  },
});

async function changed(
  draft: NetworkDraft,
  before: VpcEndpointRecord,
  input: ModifyVpcEndpointRequest,
  scope: Ec2Scope,
): Promise<VpcEndpointRecord> {
  const { ResetPolicy, PolicyDocument, PrivateDnsEnabled, DnsOptions } = input;
  const { RemoveRouteTableIds = [], AddRouteTableIds = [] } = input;
  const policy = ResetPolicy ? FULL_ACCESS : PolicyDocument && checkPolicy(PolicyDocument);
  const settled = {
    ...before,
    ...(policy && { PolicyDocument: policy }),
    ...(PrivateDnsEnabled !== undefined && { PrivateDnsEnabled }),
    ...(DnsOptions && { DnsOptions: { ...before.DnsOptions, ...DnsOptions } }),
    RouteTableIds: before.RouteTableIds.filter((id) => !RemoveRouteTableIds.includes(id)),
  };
  if (before.VpcEndpointType === 'Gateway') {
    return withTables(draft, settled, AddRouteTableIds, scope.caller);
  }
  const fewer = withoutCards(draft, settled, input.RemoveSubnetIds ?? [], scope);
  const placed = await withCards(draft, fewer, input.AddSubnetIds ?? [], scope);
  return regrouped(draft, placed, input);
}

async function regrouped(
  draft: NetworkDraft,
  endpoint: VpcEndpointRecord,
  { AddSecurityGroupIds = [], RemoveSecurityGroupIds = [] }: ModifyVpcEndpointRequest,
): Promise<VpcEndpointRecord> {
  if (AddSecurityGroupIds.length + RemoveSecurityGroupIds.length === 0) return endpoint;
  const standing = endpoint.Groups.map(({ GroupId = '' }) => GroupId);
  const wanted = [...standing, ...AddSecurityGroupIds].filter(
    (id) => !RemoveSecurityGroupIds.includes(id),
  );
  if (wanted.length === 0) throw endpointErrors.groupsOfEndpoint();
  return withGroups(draft, endpoint, wanted);
}
