import type { InternetGateway } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';
import { realizeNetwork } from '../domain/data-plane/carried.ts';

const filters: Filters<InternetGateway> = {
  'attachment.state': (gateway) => gateway.Attachments?.map((attachment) => attachment.State),
  'attachment.vpc-id': (gateway) => gateway.Attachments?.map((attachment) => attachment.VpcId),
  'internet-gateway-id': (gateway) => gateway.InternetGatewayId,
  'owner-id': (gateway) => gateway.OwnerId,
};

export const describeInternetGateways = operation(model.DescribeInternetGateways, {
  async handle(input, scope: Ec2Scope) {
    realizeNetwork(scope);
    const recorded = await scope.networks.list('internet-gateway', scope.caller);
    const all = await scope.tags.join(
      scope.caller,
      recorded,
      (gateway) => gateway.InternetGatewayId,
    );
    const { found, NextToken } = select(all, input, {
      id: (gateway) => gateway.InternetGatewayId,
      ids: { kind: kinds.internetGateway, given: input.InternetGatewayIds },
      filters,
    });
    return { InternetGateways: found, NextToken };
  },
});
