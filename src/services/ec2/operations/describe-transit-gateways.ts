import type { TransitGateway } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import { wireGateway } from '../domain/transit/gateway.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<TransitGateway> = {
  'options.propagation-default-route-table-id': (gateway) =>
    gateway.Options?.PropagationDefaultRouteTableId,
  'options.amazon-side-asn': (gateway) => gateway.Options?.AmazonSideAsn,
  'options.association-default-route-table-id': (gateway) =>
    gateway.Options?.AssociationDefaultRouteTableId,
  'options.auto-accept-shared-attachments': (gateway) =>
    gateway.Options?.AutoAcceptSharedAttachments,
  'options.default-route-table-association': (gateway) =>
    gateway.Options?.DefaultRouteTableAssociation,
  'options.default-route-table-propagation': (gateway) =>
    gateway.Options?.DefaultRouteTablePropagation,
  'options.dns-support': (gateway) => gateway.Options?.DnsSupport,
  'options.vpn-ecmp-support': (gateway) => gateway.Options?.VpnEcmpSupport,
  'owner-id': (gateway) => gateway.OwnerId,
  state: (gateway) => gateway.State,
  'transit-gateway-id': (gateway) => gateway.TransitGatewayId,
};

export const describeTransitGateways = operation(model.DescribeTransitGateways, {
  recorded: true,
  async handle(input, { caller, networks, tags }: Ec2Scope) {
    const shown = (await networks.list('transit-gateway', caller)).map(wireGateway);
    const all = await tags.join(caller, shown, (gateway) => gateway.TransitGatewayId);
    const { found, NextToken } = select(all, input, {
      id: (gateway) => gateway.TransitGatewayId,
      ids: { kind: kinds.transitGateway, given: input.TransitGatewayIds },
      filters,
    });
    return { TransitGateways: found, NextToken };
  },
});
