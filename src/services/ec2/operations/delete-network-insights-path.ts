import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

export const deleteNetworkInsightsPath = operation(model.DeleteNetworkInsightsPath, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource(
      'DeleteNetworkInsightsPath',
      kinds.networkInsightsPath,
      input.NetworkInsightsPathId,
      caller,
    ),
  async handle({ NetworkInsightsPathId }, { caller, networks }) {
    if (!NetworkInsightsPathId) throw errors.missingParameter('networkInsightsPathId');
    await networks.change(caller, async (draft) => {
      await draft.find('network-insights-path', NetworkInsightsPathId);
      draft.remove('network-insights-path', NetworkInsightsPathId);
    });
    return { NetworkInsightsPathId };
  },
});
