import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

export const deleteNetworkInsightsAnalysis = operation(model.DeleteNetworkInsightsAnalysis, {
  authorize: (input, { caller }: Ec2Scope) =>
    onResource(
      'DeleteNetworkInsightsAnalysis',
      kinds.networkInsightsAnalysis,
      input.NetworkInsightsAnalysisId,
      caller,
    ),
  async handle({ NetworkInsightsAnalysisId }, { caller, networks }) {
    if (!NetworkInsightsAnalysisId) throw errors.missingParameter('networkInsightsAnalysisId');
    await networks.change(caller, async (draft) => {
      await draft.find('network-insights-analysis', NetworkInsightsAnalysisId);
      draft.remove('network-insights-analysis', NetworkInsightsAnalysisId);
    });
    return { NetworkInsightsAnalysisId };
  },
});
