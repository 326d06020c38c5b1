import { arnOf } from '../../../kernel/arn.ts';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { createOnce } from '../domain/network/create-once.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { begun, findings, isKept, questionOf } from '../domain/reachability/insights-analysis.ts';
import { checkComponents } from '../domain/reachability/check-path.ts';
import { readNetwork } from '../domain/reachability/network.ts';
import { verdict } from '../domain/reachability/verdict.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Finds out at once, though the answer says `running`: whoever asks again learns it. */
export const startNetworkInsightsAnalysis = operation(model.StartNetworkInsightsAnalysis, {
  authorize: ({ NetworkInsightsPathId }, { caller }: Ec2Scope) => [
    onResource('StartNetworkInsightsAnalysis', kinds.networkInsightsAnalysis, undefined, caller),
    onResource(
      'StartNetworkInsightsAnalysis',
      kinds.networkInsightsPath,
      NetworkInsightsPathId,
      caller,
    ),
  ],
  async handle(input, scope) {
    const { caller, clock, ids } = scope;
    const { NetworkInsightsPathId } = input;
    if (!NetworkInsightsPathId) throw errors.missingParameter('networkInsightsPathId');
    refuseMembers('StartNetworkInsightsAnalysis', input, ['AdditionalAccounts']);
    const { FilterInArns: through = [], FilterOutArns: around = [] } = input;
    checkComponents(through, 'filterInArns');
    checkComponents(around, 'filterOutArns');
    const tags = tagsOfNew(caller, kinds.networkInsightsAnalysis, input.TagSpecifications);
    const made = await createOnce(scope, 'network-insights-analysis', input, async (draft) => {
      const path = await draft.find('network-insights-path', NetworkInsightsPathId);
      const now = clock.now();
      for (const old of await draft.list('network-insights-analysis')) {
        if (isKept(old, now)) continue;
        draft.remove('network-insights-analysis', old.NetworkInsightsAnalysisId);
      }
      const NetworkInsightsAnalysisId = ids.resource('nia');
      const { type } = kinds.networkInsightsAnalysis;
      const analysis = {
        NetworkInsightsAnalysisId,
        NetworkInsightsAnalysisArn: arnOf(caller, 'ec2', `${type}/${NetworkInsightsAnalysisId}`),
        NetworkInsightsPathId,
        startedAtMs: now,
        ...(through.length > 0 && { FilterInArns: through }),
        ...(around.length > 0 && { FilterOutArns: around }),
        ...findings(verdict(await readNetwork(scope), { ...questionOf(path), through, around })),
      };
      return draft.create('network-insights-analysis', analysis, tags);
    });
    return { NetworkInsightsAnalysis: { ...begun(made), Tags: wireTags(tags) } };
  },
});
