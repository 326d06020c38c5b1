import * as errors from '../../errors.ts';
import * as networkErrors from '../../network-errors.ts';
import type { Ec2Scope } from '../../scope.ts';
import { isVpnAttachedTo } from './vpn.ts';

interface Request {
  readonly GatewayId?: string | undefined;
  readonly RouteTableId?: string | undefined;
}

/**
 * Has a route table learn the routes of a VPN gateway, or no longer.
 *
 * @throws MissingParameter, InvalidRouteTableID.NotFound, InvalidVpnGatewayID.NotFound,
 * Gateway.NotAttached
 */
export async function setPropagation(
  { GatewayId, RouteTableId }: Request,
  isOn: boolean,
  { caller, networks }: Pick<Ec2Scope, 'caller' | 'networks'>,
): Promise<void> {
  if (!GatewayId) throw errors.missingParameter('gatewayId');
  if (!RouteTableId) throw errors.missingParameter('routeTableId');
  await networks.change(caller, async (draft) => {
    const table = await draft.find('route-table', RouteTableId);
    const gateway = await draft.find('vpn-gateway', GatewayId);
    const { VpcId = '', PropagatingVgws = [] } = table;
    if (isOn && !isVpnAttachedTo(gateway, VpcId)) {
      throw networkErrors.gatewayNotAttached(GatewayId, VpcId);
    }
    const others = PropagatingVgws.filter((each) => each.GatewayId !== GatewayId);
    const after = isOn ? [...others, { GatewayId }] : others;
    draft.put('route-table', { ...table, PropagatingVgws: after });
  });
}
