import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { setPropagation } from '../domain/vpn/propagation.ts';
import type { Ec2Scope } from '../scope.ts';

/** Has a table learn routes of VPNs. It learns none while their tunnels are down, as they are here. */
export const enableVgwRoutePropagation = operation(model.EnableVgwRoutePropagation, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('EnableVgwRoutePropagation', kinds.routeTable, input.RouteTableId, caller),
  async handle(input, scope) {
    await setPropagation(input, true, scope);
    return {};
  },
});
