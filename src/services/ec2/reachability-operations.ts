import type { AnyOperation } from '../../kernel/operation.ts';
import { createNetworkInsightsPath } from './operations/create-network-insights-path.ts';
import { deleteNetworkInsightsAnalysis } from './operations/delete-network-insights-analysis.ts';
import { deleteNetworkInsightsPath } from './operations/delete-network-insights-path.ts';
import { describeNetworkInsightsAnalyses } from './operations/describe-network-insights-analyses.ts';
import { describeNetworkInsightsPaths } from './operations/describe-network-insights-paths.ts';
import { startNetworkInsightsAnalysis } from './operations/start-network-insights-analysis.ts';
import type { Ec2Scope } from './scope.ts';

/** The operations of Reachability Analyzer that are built. */
export const reachabilityOperations: readonly AnyOperation<Ec2Scope>[] = [
  createNetworkInsightsPath,
  deleteNetworkInsightsAnalysis,
  deleteNetworkInsightsPath,
  describeNetworkInsightsAnalyses,
  describeNetworkInsightsPaths,
  startNetworkInsightsAnalysis,
];
