import type { VpnConnection, VpnTunnelOptionsSpecification } from '@aws-sdk/client-ec2';
import { resourceType } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import { taggedResource } from './tagged-resource.ts';

type Desired = ResourceModels['AWS::EC2::VPNConnection'];

export const vpnConnection = resourceType('AWS::EC2::VPNConnection', {
  properties: [
    ...(['CustomerGatewayId', 'LocalIpv4NetworkCidr', 'OutsideIpAddressType'] as const),
    ...(['RemoteIpv4NetworkCidr', 'StaticRoutesOnly', 'Tags', 'TunnelInsideIpVersion'] as const),
    ...(['Type', 'VpnGatewayId', 'VpnTunnelOptionsSpecifications'] as const),
  ],

  ...taggedResource<Desired, VpnConnection>({
    kind: 'vpn-connection',
    notFound: 'InvalidVpnConnectionID.NotFound',
    async make(desired, TagSpecifications, { invoke }) {
      const { CustomerGatewayId, Type, VpnGatewayId, StaticRoutesOnly } = desired;
      const made = await invoke(model.CreateVpnConnection, {
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
      return made.VpnConnection?.VpnConnectionId;
    },
    async describe(VpnConnectionIds, { invoke }) {
      const { VpnConnections } = await invoke(model.DescribeVpnConnections, { VpnConnectionIds });
      return VpnConnections?.filter(({ State }) => State !== 'deleted');
    },
    idOf: ({ VpnConnectionId }) => VpnConnectionId,
    /** What is known of the tunnels was drawn or is secret: it is not shown as properties. */
    show: ({ Options = {}, ...found }) => ({
      ...{ VpnConnectionId: found.VpnConnectionId!, VpnGatewayId: found.VpnGatewayId! },
      ...{ CustomerGatewayId: found.CustomerGatewayId!, Type: found.Type! },
      StaticRoutesOnly: Options.StaticRoutesOnly!,
      LocalIpv4NetworkCidr: Options.LocalIpv4NetworkCidr!,
      RemoteIpv4NetworkCidr: Options.RemoteIpv4NetworkCidr!,
      OutsideIpAddressType: Options.OutsideIpAddressType!,
      TunnelInsideIpVersion: Options.TunnelInsideIpVersion!,
    }),
    remove: (VpnConnectionId, { invoke }) => invoke(model.DeleteVpnConnection, { VpnConnectionId }),
  }),
});
