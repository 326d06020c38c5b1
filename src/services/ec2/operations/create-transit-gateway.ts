import { arnOf } from '../../../kernel/arn.ts';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import { newOptions, wireGateway } from '../domain/transit/gateway.ts';
import { newTable } from '../domain/transit/table.ts';
import type { Ec2Scope } from '../scope.ts';

/** A gateway between VPCs, with a default route table unless it is told to have none. */
export const createTransitGateway = operation(model.CreateTransitGateway, {
  recorded: true,
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('CreateTransitGateway', kinds.transitGateway, undefined, caller),
  async handle(input, { caller, clock, ids, networks }) {
    const tags = tagsOfNew(caller, kinds.transitGateway, input.TagSpecifications);
    const TransitGatewayId = ids.resource('tgw');
    const tableId = ids.resource('tgw-rtb');
    const options = newOptions(input.Options);
    const associates = options.DefaultRouteTableAssociation === 'enable';
    const propagates = options.DefaultRouteTablePropagation === 'enable';
    const gateway = {
      TransitGatewayId,
      TransitGatewayArn: arnOf(caller, 'ec2', `transit-gateway/${TransitGatewayId}`),
      State: 'available' as const,
      OwnerId: caller.account,
      Description: input.Description ?? '',
      Options: {
        ...options,
        ...(associates && { AssociationDefaultRouteTableId: tableId }),
        ...(propagates && { PropagationDefaultRouteTableId: tableId }),
      },
      createdAtMs: clock.now(),
    };
    await networks.change(caller, async (draft) => {
      draft.create('transit-gateway', gateway, tags);
      if (!associates && !propagates) return;
      const table = newTable(tableId, TransitGatewayId, gateway.createdAtMs);
      draft.create('transit-gateway-route-table', table);
    });
    const shown = { ...wireGateway(gateway), State: 'pending' as const };
    return { TransitGateway: { ...shown, Tags: wireTags(tags) } };
  },
});
