import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import { newTable, wireTable } from '../domain/transit/table.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

export const createTransitGatewayRouteTable = operation(model.CreateTransitGatewayRouteTable, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource(
      'CreateTransitGatewayRouteTable',
      kinds.transitGateway,
      input.TransitGatewayId,
      caller,
    ),
  async handle({ TransitGatewayId, TagSpecifications }, { caller, clock, ids, networks }) {
    if (!TransitGatewayId) throw errors.missingParameter('TransitGatewayId');
    const tags = tagsOfNew(caller, kinds.transitGatewayRouteTable, TagSpecifications);
    const table = newTable(ids.resource('tgw-rtb'), TransitGatewayId, clock.now());
    const shown = await networks.change(caller, async (draft) => {
      const gateway = await draft.find('transit-gateway', TransitGatewayId);
      draft.create('transit-gateway-route-table', table, tags);
      return wireTable(table, [gateway]);
    });
    const State = 'pending' as const;
    return { TransitGatewayRouteTable: { ...shown, State, Tags: wireTags(tags) } };
  },
});
