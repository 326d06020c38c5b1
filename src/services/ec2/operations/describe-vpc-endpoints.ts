import type { VpcEndpoint } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { wireEndpoint } from '../domain/endpoints/endpoint.ts';
import type { Filters } from '../domain/filters.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<VpcEndpoint> = {
  'ip-address-type': (endpoint) => endpoint.IpAddressType,
  'service-name': (endpoint) => endpoint.ServiceName,
  'service-region': (endpoint) => endpoint.ServiceRegion,
  'vpc-endpoint-id': (endpoint) => endpoint.VpcEndpointId,
  'vpc-endpoint-state': (endpoint) => endpoint.State,
  'vpc-endpoint-type': (endpoint) => endpoint.VpcEndpointType,
  'vpc-id': (endpoint) => endpoint.VpcId,
};

export const describeVpcEndpoints = operation(model.DescribeVpcEndpoints, {
  recorded: isOnlyRecorded,
  async handle(input, { caller, networks, tags }: Ec2Scope) {
    const recorded = await networks.list('vpc-endpoint', caller);
    const shown = recorded.map((endpoint) => wireEndpoint(endpoint, caller));
    const all = await tags.join(caller, shown, (endpoint) => endpoint.VpcEndpointId);
    const { found, NextToken } = select(all, input, {
      id: (endpoint) => endpoint.VpcEndpointId,
      ids: { kind: kinds.vpcEndpoint, given: input.VpcEndpointIds },
      filters,
    });
    return { VpcEndpoints: found, NextToken };
  },
});
