import type { NatGateway } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import type { Filters } from '../domain/filters.ts';
import { isVisible, wireNatGateway } from '../domain/nat-gateways/nat-gateways.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<NatGateway> = {
  'nat-gateway-id': (gateway) => gateway.NatGatewayId,
  state: (gateway) => gateway.State,
  'subnet-id': (gateway) => gateway.SubnetId,
  'vpc-id': (gateway) => gateway.VpcId,
};

export const describeNatGateways = operation(model.DescribeNatGateways, {
  recorded: isOnlyRecorded,
  async handle(input, { caller, clock, networks, tags }: Ec2Scope) {
    const recorded = await networks.list('natgateway', caller);
    const shown = recorded.filter((gateway) => isVisible(gateway, clock.now())).map(wireNatGateway);
    const all = await tags.join(caller, shown, (gateway) => gateway.NatGatewayId);
    const request = { ...input, Filters: input.Filter };
    const { found, NextToken } = select(all, request, {
      id: (gateway) => gateway.NatGatewayId,
      ids: { kind: kinds.natGateway, given: input.NatGatewayIds },
      filters,
    });
    return { NatGateways: found, NextToken };
  },
});
