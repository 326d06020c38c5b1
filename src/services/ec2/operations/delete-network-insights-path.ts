import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { isKept } from '../domain/reachability/insights-analysis.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import * as reachabilityErrors from '../reachability-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Its analyses have to be deleted before. */
export const deleteNetworkInsightsPath = operation(model.DeleteNetworkInsightsPath, {
  authorize: (input, { caller }: Ec2Scope) =>
    onResource(
      'DeleteNetworkInsightsPath',
      kinds.networkInsightsPath,
      input.NetworkInsightsPathId,
      caller,
    ),
  async handle({ NetworkInsightsPathId: id }, { caller, clock, networks }) {
    if (!id) throw errors.missingParameter('networkInsightsPathId');
    await networks.change(caller, async (draft) => {
      await draft.find('network-insights-path', id);
      const analyses = await draft.list('network-insights-analysis');
      const own = analyses.filter((each) => each.NetworkInsightsPathId === id);
      const standing = own.find((each) => isKept(each, clock.now()));
      if (standing) {
        throw reachabilityErrors.analysisExists(id, standing.NetworkInsightsAnalysisId);
      }
      for (const old of own) {
        draft.remove('network-insights-analysis', old.NetworkInsightsAnalysisId);
      }
      draft.remove('network-insights-path', id);
    });
    return { NetworkInsightsPathId: id };
  },
});
