import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

/** Unlike other Describe operations this one filters by tags only. */
export const describeEgressOnlyInternetGateways = operation(
  model.DescribeEgressOnlyInternetGateways,
  {
    recorded: true,
    async handle(input, { caller, networks, tags }: Ec2Scope) {
      const recorded = await networks.list('egress-only-internet-gateway', caller);
      const all = await tags.join(
        caller,
        recorded,
        (gateway) => gateway.EgressOnlyInternetGatewayId,
      );
      const { found, NextToken } = select(all, input, {
        id: (gateway) => gateway.EgressOnlyInternetGatewayId,
        ids: {
          kind: kinds.egressOnlyInternetGateway,
          given: input.EgressOnlyInternetGatewayIds,
        },
        filters: {},
      });
      return { EgressOnlyInternetGateways: found, NextToken };
    },
  },
);
