import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import { memberFilters, membersOf } from '../domain/transit/members.ts';
import type { Ec2Scope } from '../scope.ts';

/** Whose networks a table learns. */
export const getTransitGatewayRouteTablePropagations = operation(
  model.GetTransitGatewayRouteTablePropagations,
  {
    recorded: true,
    authorize: (input, { caller }: Ec2Scope) =>
      onResource(
        'GetTransitGatewayRouteTablePropagations',
        kinds.transitGatewayRouteTable,
        input.TransitGatewayRouteTableId,
        caller,
      ),
    async handle(input, scope) {
      const all = await membersOf(input.TransitGatewayRouteTableId, 'propagations', scope);
      const { found, NextToken } = select(all, input, {
        id: (member) => member.TransitGatewayAttachmentId,
        filters: memberFilters,
      });
      const State = 'enabled' as const;
      return {
        TransitGatewayRouteTablePropagations: found.map((member) => ({ ...member, State })),
        NextToken,
      };
    },
  },
);
