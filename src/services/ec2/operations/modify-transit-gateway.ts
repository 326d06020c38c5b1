import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { wireTags } from '../domain/tags.ts';
import { changedOptions, wireGateway } from '../domain/transit/gateway.ts';
import * as errors from '../errors.ts';
import * as transitErrors from '../transit-errors.ts';
import type { Ec2Scope } from '../scope.ts';

export const modifyTransitGateway = operation(model.ModifyTransitGateway, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('ModifyTransitGateway', kinds.transitGateway, input.TransitGatewayId, caller),
  async handle({ TransitGatewayId: id, Description, Options }, { caller, networks, tags }) {
    if (!id) throw errors.missingParameter('TransitGatewayId');
    if (Options) refuseMembers('ModifyTransitGateway', Options, ['EncryptionSupport']);
    const after = await networks.change(caller, async (draft) => {
      const before = await draft.find('transit-gateway', id);
      const { AssociationDefaultRouteTableId, PropagationDefaultRouteTableId } = Options ?? {};
      for (const tableId of [AssociationDefaultRouteTableId, PropagationDefaultRouteTableId]) {
        if (!tableId) continue;
        const { TransitGatewayId } = await draft.find('transit-gateway-route-table', tableId);
        if (TransitGatewayId !== id) throw transitErrors.ofOtherGateway(id, tableId);
      }
      const changed = {
        ...before,
        ...(Description !== undefined && { Description }),
        Options: changedOptions(before.Options, Options),
      };
      draft.put('transit-gateway', changed);
      return changed;
    });
    const shown = { ...wireGateway(after), State: 'modifying' as const };
    return { TransitGateway: { ...shown, Tags: wireTags(await tags.get(caller, id)) } };
  },
});
