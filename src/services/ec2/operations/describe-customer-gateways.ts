import type { CustomerGateway } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<CustomerGateway> = {
  'bgp-asn': (gateway) => gateway.BgpAsn ?? gateway.BgpAsnExtended,
  'customer-gateway-id': (gateway) => gateway.CustomerGatewayId,
  'ip-address': (gateway) => gateway.IpAddress,
  state: (gateway) => gateway.State,
  type: (gateway) => gateway.Type,
};

export const describeCustomerGateways = operation(model.DescribeCustomerGateways, {
  recorded: true,
  async handle(input, { caller, networks, tags }: Ec2Scope) {
    const recorded = await networks.list('customer-gateway', caller);
    const all = await tags.join(caller, recorded, (gateway) => gateway.CustomerGatewayId);
    const { found } = select(all, input, {
      id: (gateway) => gateway.CustomerGatewayId,
      ids: { kind: kinds.customerGateway, given: input.CustomerGatewayIds },
      filters,
    });
    return { CustomerGateways: found };
  },
});
