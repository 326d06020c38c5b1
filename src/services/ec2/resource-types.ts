import type { AnyResourceType } from '../../kernel/resource-type.ts';
import { capacityReservation } from './resources/capacity-reservation.ts';
import { customerGateway } from './resources/customer-gateway.ts';
import { dhcpOptions } from './resources/dhcp-options.ts';
import { ec2Fleet } from './resources/ec2-fleet.ts';
import { egressOnlyInternetGateway } from './resources/egress-only-internet-gateway.ts';
import { eipAssociation } from './resources/eip-association.ts';
import { eip } from './resources/eip.ts';
import { flowLog } from './resources/flow-log.ts';
import { host } from './resources/host.ts';
import { instanceConnectEndpoint } from './resources/instance-connect-endpoint.ts';
import { instance } from './resources/instance.ts';
import { internetGateway } from './resources/internet-gateway.ts';
import { keyPair } from './resources/key-pair.ts';
import { launchTemplate } from './resources/launch-template.ts';
import { natGateway } from './resources/nat-gateway.ts';
import { networkAclEntry } from './resources/network-acl-entry.ts';
import { networkAcl } from './resources/network-acl.ts';
import { networkInsightsAnalysis } from './resources/network-insights-analysis.ts';
import { networkInsightsPath } from './resources/network-insights-path.ts';
import { networkInterfaceAttachment } from './resources/network-interface-attachment.ts';
import { networkInterface } from './resources/network-interface.ts';
import { placementGroup } from './resources/placement-group.ts';
import { prefixList } from './resources/prefix-list.ts';
import { routeTable } from './resources/route-table.ts';
import { route } from './resources/route.ts';
import { securityGroupEgress, securityGroupIngress } from './resources/security-group-rule.ts';
import { securityGroup } from './resources/security-group.ts';
import { snapshotBlockPublicAccess } from './resources/snapshot-block-public-access.ts';
import { subnetCidrBlock } from './resources/subnet-cidr-block.ts';
import { subnetNetworkAclAssociation } from './resources/subnet-network-acl-association.ts';
import { subnetRouteTableAssociation } from './resources/subnet-route-table-association.ts';
import { subnet } from './resources/subnet.ts';
import { transitGatewayAttachment } from './resources/transit-gateway-attachment.ts';
import { transitGatewayRouteTableAssociation } from './resources/transit-gateway-route-table-association.ts';
import { transitGatewayRouteTablePropagation } from './resources/transit-gateway-route-table-propagation.ts';
import { transitGatewayRouteTable } from './resources/transit-gateway-route-table.ts';
import { transitGatewayRoute } from './resources/transit-gateway-route.ts';
import { transitGatewayVpcAttachment } from './resources/transit-gateway-vpc-attachment.ts';
import { transitGateway } from './resources/transit-gateway.ts';
import { volumeAttachment } from './resources/volume-attachment.ts';
import { volume } from './resources/volume.ts';
import { vpcCidrBlock } from './resources/vpc-cidr-block.ts';
import { vpcDhcpOptionsAssociation } from './resources/vpc-dhcp-options-association.ts';
import { vpcEndpoint } from './resources/vpc-endpoint.ts';
import { vpcGatewayAttachment } from './resources/vpc-gateway-attachment.ts';
import { vpcPeeringConnection } from './resources/vpc-peering-connection.ts';
import { vpc } from './resources/vpc.ts';
import { vpnConnectionRoute } from './resources/vpn-connection-route.ts';
import { vpnConnection } from './resources/vpn-connection.ts';
import { vpnGatewayRoutePropagation } from './resources/vpn-gateway-route-propagation.ts';
import { vpnGateway } from './resources/vpn-gateway.ts';

/** Every resource type of EC2 for CloudFormation and Cloud Control, by hand. */
export const resourceTypes: readonly AnyResourceType[] = [
  capacityReservation,
  customerGateway,
  dhcpOptions,
  ec2Fleet,
  egressOnlyInternetGateway,
  eip,
  eipAssociation,
  flowLog,
  host,
  instance,
  instanceConnectEndpoint,
  internetGateway,
  keyPair,
  launchTemplate,
  natGateway,
  networkAcl,
  networkAclEntry,
  networkInsightsAnalysis,
  networkInsightsPath,
  networkInterface,
  networkInterfaceAttachment,
  placementGroup,
  prefixList,
  route,
  routeTable,
  securityGroup,
  securityGroupEgress,
  securityGroupIngress,
  snapshotBlockPublicAccess,
  subnet,
  subnetCidrBlock,
  subnetNetworkAclAssociation,
  subnetRouteTableAssociation,
  transitGateway,
  transitGatewayAttachment,
  transitGatewayRoute,
  transitGatewayRouteTable,
  transitGatewayRouteTableAssociation,
  transitGatewayRouteTablePropagation,
  transitGatewayVpcAttachment,
  volume,
  volumeAttachment,
  vpc,
  vpcCidrBlock,
  vpcDhcpOptionsAssociation,
  vpcEndpoint,
  vpcGatewayAttachment,
  vpcPeeringConnection,
  vpnConnection,
  vpnConnectionRoute,
  vpnGateway,
  vpnGatewayRoutePropagation,
];
