import type { Ec2InstanceConnectEndpoint } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { wireConnectEndpoint } from '../domain/connect-endpoints/connect-endpoint.ts';
import type { Filters } from '../domain/filters.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<Ec2InstanceConnectEndpoint> = {
  'instance-connect-endpoint-id': (endpoint) => endpoint.InstanceConnectEndpointId,
  state: (endpoint) => endpoint.State,
  'subnet-id': (endpoint) => endpoint.SubnetId,
  'vpc-id': (endpoint) => endpoint.VpcId,
};

export const describeInstanceConnectEndpoints = operation(model.DescribeInstanceConnectEndpoints, {
  recorded: true,
  async handle(input, { caller, networks, tags }: Ec2Scope) {
    const recorded = await networks.list('instance-connect-endpoint', caller);
    const shown = recorded.map((endpoint) => wireConnectEndpoint(endpoint, caller));
    const all = await tags.join(caller, shown, (endpoint) => endpoint.InstanceConnectEndpointId);
    const { found, NextToken } = select(all, input, {
      id: (endpoint) => endpoint.InstanceConnectEndpointId,
      ids: { kind: kinds.instanceConnectEndpoint, given: input.InstanceConnectEndpointIds },
      filters,
    });
    return { InstanceConnectEndpoints: found, NextToken };
  },
});
