import type { NetworkInsightsPath } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { wireInsightsPath } from '../domain/reachability/insights-path.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<NetworkInsightsPath> = {
  destination: (path) => path.Destination,
  'filter-at-destination.destination-address': (path) =>
    path.FilterAtDestination?.DestinationAddress,
  'filter-at-destination.source-address': (path) => path.FilterAtDestination?.SourceAddress,
  'filter-at-source.destination-address': (path) => path.FilterAtSource?.DestinationAddress,
  'filter-at-source.source-address': (path) => path.FilterAtSource?.SourceAddress,
  protocol: (path) => path.Protocol,
  source: (path) => path.Source,
};

export const describeNetworkInsightsPaths = operation(model.DescribeNetworkInsightsPaths, {
  async handle(input, { caller, networks, tags }: Ec2Scope) {
    const shown = (await networks.list('network-insights-path', caller)).map(wireInsightsPath);
    const all = await tags.join(caller, shown, (path) => path.NetworkInsightsPathId);
    const { found, NextToken } = select(all, input, {
      id: (path) => path.NetworkInsightsPathId,
      ids: { kind: kinds.networkInsightsPath, given: input.NetworkInsightsPathIds },
      filters,
      page: { min: 1, max: 100 },
    });
    return { NetworkInsightsPaths: found, NextToken };
  },
});
