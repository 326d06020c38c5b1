import type { VpnTunnelOptionsSpecification } from '@aws-sdk/client-ec2';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { createOnce } from './creation.ts';
import { unless } from './refusals.ts';
import { shownTags, updateTags } from './tags.ts';

const NOT_FOUND = 'InvalidVpnConnectionID.NotFound';

export const vpnConnection = resourceType('AWS::EC2::VPNConnection', {
  properties: [
    ...(['CustomerGatewayId', 'LocalIpv4NetworkCidr', 'OutsideIpAddressType'] as const),
    ...(['RemoteIpv4NetworkCidr', 'StaticRoutesOnly', 'Tags', 'TunnelInsideIpVersion'] as const),
    ...(['Type', 'VpnGatewayId', 'VpnTunnelOptionsSpecifications'] as const),
  ],

  create: (desired, context) =>
    createOnce('vpn-connection', desired.Tags, context, async (TagSpecifications) => {
      const { CustomerGatewayId, Type, VpnGatewayId, StaticRoutesOnly } = desired;
      const { VpnConnection } = await context.invoke(model.CreateVpnConnection, {
        ...{ CustomerGatewayId, Type, VpnGatewayId, TagSpecifications },
        Options: {
          StaticRoutesOnly,
          LocalIpv4NetworkCidr: desired.LocalIpv4NetworkCidr,
          RemoteIpv4NetworkCidr: desired.RemoteIpv4NetworkCidr,
          OutsideIpAddressType: desired.OutsideIpAddressType,
          TunnelInsideIpVersion: desired.TunnelInsideIpVersion as 'ipv4' | undefined,
          TunnelOptions: desired.VpnTunnelOptionsSpecifications as
            | VpnTunnelOptionsSpecification[]
            | undefined,
        },
      });
      return VpnConnection!.VpnConnectionId!;
    }),

  /** What is known of the tunnels was drawn or is secret: it is not shown as properties. */
  async read(id, context) {
    const found = await describe(id, context);
    if (!found) return undefined;
    const { Options = {} } = found;
    const Tags = shownTags(found.Tags);
    return {
      ...{ VpnConnectionId: id, CustomerGatewayId: found.CustomerGatewayId! },
      ...{ VpnGatewayId: found.VpnGatewayId!, Type: found.Type! },
      StaticRoutesOnly: Options.StaticRoutesOnly!,
      LocalIpv4NetworkCidr: Options.LocalIpv4NetworkCidr!,
      RemoteIpv4NetworkCidr: Options.RemoteIpv4NetworkCidr!,
      OutsideIpAddressType: Options.OutsideIpAddressType!,
      TunnelInsideIpVersion: Options.TunnelInsideIpVersion!,
      ...(Tags && { Tags }),
    };
  },

  update: (id, desired, _, context) => updateTags(id, desired.Tags, context),

  async delete(id, { invoke }) {
    await unless(NOT_FOUND, invoke(model.DeleteVpnConnection, { VpnConnectionId: id }));
  },

  async list({ invoke }) {
    const { VpnConnections = [] } = await invoke(model.DescribeVpnConnections, {});
    return VpnConnections.filter(({ State }) => State !== 'deleted').map(
      ({ VpnConnectionId }) => VpnConnectionId!,
    );
  },
});

async function describe(id: string, { invoke }: ResourceContext) {
  const answer = invoke(model.DescribeVpnConnections, { VpnConnectionIds: [id] });
  const found = (await unless(NOT_FOUND, answer))?.VpnConnections?.[0];
  return found?.State === 'deleted' ? undefined : found;
}
