import type { AnyOperation } from '../../kernel/operation.ts';
import { associateTransitGatewayRouteTable } from './operations/associate-transit-gateway-route-table.ts';
import { createTransitGateway } from './operations/create-transit-gateway.ts';
import { createTransitGatewayRoute } from './operations/create-transit-gateway-route.ts';
import { createTransitGatewayRouteTable } from './operations/create-transit-gateway-route-table.ts';
import { createTransitGatewayVpcAttachment } from './operations/create-transit-gateway-vpc-attachment.ts';
import { deleteTransitGateway } from './operations/delete-transit-gateway.ts';
import { deleteTransitGatewayRoute } from './operations/delete-transit-gateway-route.ts';
import { deleteTransitGatewayRouteTable } from './operations/delete-transit-gateway-route-table.ts';
import { deleteTransitGatewayVpcAttachment } from './operations/delete-transit-gateway-vpc-attachment.ts';
import { describeTransitGatewayAttachments } from './operations/describe-transit-gateway-attachments.ts';
import { describeTransitGatewayRouteTables } from './operations/describe-transit-gateway-route-tables.ts';
import { describeTransitGatewayVpcAttachments } from './operations/describe-transit-gateway-vpc-attachments.ts';
import { describeTransitGateways } from './operations/describe-transit-gateways.ts';
import { disableTransitGatewayRouteTablePropagation } from './operations/disable-transit-gateway-route-table-propagation.ts';
import { disassociateTransitGatewayRouteTable } from './operations/disassociate-transit-gateway-route-table.ts';
import { enableTransitGatewayRouteTablePropagation } from './operations/enable-transit-gateway-route-table-propagation.ts';
import { getTransitGatewayAttachmentPropagations } from './operations/get-transit-gateway-attachment-propagations.ts';
import { getTransitGatewayRouteTableAssociations } from './operations/get-transit-gateway-route-table-associations.ts';
import { getTransitGatewayRouteTablePropagations } from './operations/get-transit-gateway-route-table-propagations.ts';
import { modifyTransitGateway } from './operations/modify-transit-gateway.ts';
import { modifyTransitGatewayVpcAttachment } from './operations/modify-transit-gateway-vpc-attachment.ts';
import { replaceTransitGatewayRoute } from './operations/replace-transit-gateway-route.ts';
import { searchTransitGatewayRoutes } from './operations/search-transit-gateway-routes.ts';
import type { Ec2Scope } from './scope.ts';

/** The operations of transit gateways: attachments of VPCs, route tables and what is in them. */
export const transitOperations: readonly AnyOperation<Ec2Scope>[] = [
  associateTransitGatewayRouteTable,
  createTransitGateway,
  createTransitGatewayRoute,
  createTransitGatewayRouteTable,
  createTransitGatewayVpcAttachment,
  deleteTransitGateway,
  deleteTransitGatewayRoute,
  deleteTransitGatewayRouteTable,
  deleteTransitGatewayVpcAttachment,
  describeTransitGatewayAttachments,
  describeTransitGatewayRouteTables,
  describeTransitGatewayVpcAttachments,
  describeTransitGateways,
  disableTransitGatewayRouteTablePropagation,
  disassociateTransitGatewayRouteTable,
  enableTransitGatewayRouteTablePropagation,
  getTransitGatewayAttachmentPropagations,
  getTransitGatewayRouteTableAssociations,
  getTransitGatewayRouteTablePropagations,
  modifyTransitGateway,
  modifyTransitGatewayVpcAttachment,
  replaceTransitGatewayRoute,
  searchTransitGatewayRoutes,
];
