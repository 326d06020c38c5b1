import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { unless } from './refusals.ts';

export const vpnConnectionRoute = resourceType('AWS::EC2::VPNConnectionRoute', {
  properties: ['DestinationCidrBlock', 'VpnConnectionId'],

  async create({ DestinationCidrBlock, VpnConnectionId }, { invoke }) {
    await invoke(model.CreateVpnConnectionRoute, { DestinationCidrBlock, VpnConnectionId });
    return `${DestinationCidrBlock}|${VpnConnectionId}`;
  },

  async read(identifier, context) {
    return (await routes(context)).find((each) => idOf(each) === identifier);
  },

  async delete(identifier, context) {
    const route = (await routes(context)).find((each) => idOf(each) === identifier);
    if (!route) return;
    const answer = context.invoke(model.DeleteVpnConnectionRoute, route);
    await unless('InvalidRoute.NotFound', answer);
  },

  async list(context) {
    return (await routes(context)).map(idOf);
  },
});

interface Route {
  readonly DestinationCidrBlock: string;
  readonly VpnConnectionId: string;
}

function idOf({ DestinationCidrBlock, VpnConnectionId }: Route): string {
  return `${DestinationCidrBlock}|${VpnConnectionId}`;
}

async function routes({ invoke }: ResourceContext): Promise<Route[]> {
  const { VpnConnections = [] } = await invoke(model.DescribeVpnConnections, {});
  return VpnConnections.filter(({ State }) => State !== 'deleted').flatMap(
    ({ VpnConnectionId, Routes = [] }) =>
      Routes.map(({ DestinationCidrBlock }) => ({
        ...{ DestinationCidrBlock: DestinationCidrBlock!, VpnConnectionId: VpnConnectionId! },
      })),
  );
}
