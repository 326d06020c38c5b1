import type { CreateVpcEndpointRequest } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { withCards } from '../domain/endpoints/cards.ts';
import { FULL_ACCESS, wireEndpoint, type VpcEndpointRecord } from '../domain/endpoints/endpoint.ts';
import { checkPrivateDns, withGroups, withTables } from '../domain/endpoints/members.ts';
import { checkPolicy } from '../domain/endpoints/policy.ts';
import { checkFitsType } from '../domain/endpoints/request.ts';
import { checkService, hasGateway } from '../domain/endpoints/services.ts';
import { createOnce } from '../domain/network/create-once.ts';
import type { NetworkDraft } from '../domain/network/network-draft.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html */
export const createVpcEndpoint = operation(model.CreateVpcEndpoint, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) => [
    onResource('CreateVpcEndpoint', kinds.vpcEndpoint, undefined, caller),
    onResource('CreateVpcEndpoint', kinds.vpc, input.VpcId, caller),
  ],
  async handle(input, scope) {
    const { caller } = scope;
    refuseNotBuilt(input, caller.region);
    const tags = tagsOfNew(caller, kinds.vpcEndpoint, input.TagSpecifications);
    const base = newEndpoint(input, scope);
    const made = await createOnce(scope, 'vpc-endpoint', input, async (draft) => {
      await draft.find('vpc', base.VpcId);
      const placed = await place(draft, base, input, scope);
      await checkPrivateDns(draft, placed);
      return draft.create('vpc-endpoint', placed, tags);
    });
    const shown = wireEndpoint(made, caller);
    const State = made.VpcEndpointType === 'Gateway' ? shown.State : ('pending' as 'Pending');
    const VpcEndpoint = { ...shown, State, Tags: wireTags(tags) };
    return { VpcEndpoint, ClientToken: input.ClientToken };
  },
});

async function place(
  draft: NetworkDraft,
  base: VpcEndpointRecord,
  input: CreateVpcEndpointRequest,
  scope: Ec2Scope,
): Promise<VpcEndpointRecord> {
  if (base.VpcEndpointType === 'Gateway') {
    return withTables(draft, base, input.RouteTableIds ?? [], scope.caller);
  }
  const grouped = await withGroups(draft, base, input.SecurityGroupIds ?? []);
  return withCards(draft, grouped, input.SubnetIds ?? [], scope);
}

function newEndpoint(input: CreateVpcEndpointRequest, scope: Ec2Scope): VpcEndpointRecord {
  const { caller, clock, ids } = scope;
  const { VpcId, ServiceName, VpcEndpointType: type = 'Gateway', PolicyDocument } = input;
  if (!VpcId) throw errors.missingParameter('VpcId');
  if (!ServiceName) throw errors.missingParameter('ServiceName');
  if (type !== 'Gateway' && type !== 'Interface') {
    throw errors.unsupported(`Alacarte does not support VPC endpoints of type ${type} yet.`);
  }
  const { privateDnsName } = checkService(caller.region, ServiceName, type);
  checkFitsType(input, type);
  // A service that gateways lead to keeps its name unless the request says otherwise.
  const takesName = type === 'Interface' && !hasGateway(caller.region, ServiceName);
  const { PrivateDnsEnabled = takesName, DnsOptions } = input;
  return {
    VpcEndpointId: ids.resource('vpce'),
    VpcEndpointType: type,
    ...{ VpcId, ServiceName, PrivateDnsEnabled, privateDnsName },
    PolicyDocument: PolicyDocument ? checkPolicy(PolicyDocument) : FULL_ACCESS,
    RouteTableIds: [],
    Groups: [],
    cards: [],
    ...(DnsOptions && { DnsOptions }),
    label: ids.hex(8),
    createdAtMs: clock.now(),
  };
}

function refuseNotBuilt(input: CreateVpcEndpointRequest, region: string): void {
  refuseMembers('CreateVpcEndpoint', input, [
    'ResourceConfigurationArn',
    'ServiceNetworkArn',
    'SubnetConfigurations',
  ]);
  if (input.ServiceRegion && input.ServiceRegion !== region) {
    throw errors.unsupported('Alacarte has VPC endpoints to services of the same region only.');
  }
}
