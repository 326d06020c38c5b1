import type { NetworkInsightsAnalysis } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { isKept, wireInsightsAnalysis } from '../domain/reachability/insights-analysis.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<NetworkInsightsAnalysis> = {
  'path-found': (analysis) => analysis.NetworkPathFound,
  status: (analysis) => analysis.Status,
};

export const describeNetworkInsightsAnalyses = operation(model.DescribeNetworkInsightsAnalyses, {
  async handle(input, { caller, clock, networks, tags }: Ec2Scope) {
    const { NetworkInsightsPathId: path, AnalysisStartTime: from, AnalysisEndTime: to } = input;
    if (path) checkIds(kinds.networkInsightsPath, [path]);
    const kept = (await networks.list('network-insights-analysis', caller)).filter((each) =>
      isKept(each, clock.now()),
    );
    const shown = kept.map(wireInsightsAnalysis);
    const all = await tags.join(caller, shown, (each) => each.NetworkInsightsAnalysisId);
    const { found, NextToken } = select(all, input, {
      id: (analysis) => analysis.NetworkInsightsAnalysisId,
      ids: { kind: kinds.networkInsightsAnalysis, given: input.NetworkInsightsAnalysisIds },
      filters,
      only: ({ NetworkInsightsPathId, StartDate = new Date(0) }) =>
        (!path || NetworkInsightsPathId === path) &&
        (!from || StartDate >= from) &&
        (!to || StartDate <= to),
      page: { min: 1, max: 100 },
    });
    return { NetworkInsightsAnalyses: found, NextToken };
  },
});
