import type { NetworkInsightsAnalysis as Described } from '@aws-sdk/client-ec2';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { unless } from './refusals.ts';
import { shownTags, specification, updateTags } from './tags.ts';

const NOT_FOUND = 'InvalidNetworkInsightsAnalysisId.NotFound';

export const networkInsightsAnalysis = resourceType('AWS::EC2::NetworkInsightsAnalysis', {
  properties: ['FilterInArns', 'FilterOutArns', 'NetworkInsightsPathId', 'Tags'],

  async create({ FilterInArns = [], FilterOutArns = [], ...desired }, context) {
    const { NetworkInsightsPathId, Tags } = desired;
    const { NetworkInsightsAnalysis } = await context.invoke(model.StartNetworkInsightsAnalysis, {
      ...{ NetworkInsightsPathId, ClientToken: context.token },
      ...{ FilterInArns: [...FilterInArns], FilterOutArns: [...FilterOutArns] },
      TagSpecifications: [specification('network-insights-analysis', Tags, context)],
    });
    return NetworkInsightsAnalysis!.NetworkInsightsAnalysisId!;
  },

  stabilize: (id, context) =>
    context.until(async () => (await describe(id, context))?.Status !== 'running'),

  async read(id, context) {
    const found = await describe(id, context);
    if (!found) return undefined;
    const { FilterInArns, FilterOutArns, NetworkInsightsPathId, Status, NetworkPathFound } = found;
    const Tags = shownTags(found.Tags);
    return {
      NetworkInsightsAnalysisId: id,
      NetworkInsightsAnalysisArn: found.NetworkInsightsAnalysisArn!,
      NetworkInsightsPathId: NetworkInsightsPathId!,
      ...{ Status: Status!, NetworkPathFound: NetworkPathFound! },
      StartDate: found.StartDate!.toISOString(),
      ...(FilterInArns && { FilterInArns }),
      ...(FilterOutArns && { FilterOutArns }),
      ...(Tags && { Tags }),
    };
  },

  update: (id, desired, _, context) => updateTags(id, desired.Tags, context),

  async delete(id, { invoke }) {
    const gone = { NetworkInsightsAnalysisId: id };
    await unless(NOT_FOUND, invoke(model.DeleteNetworkInsightsAnalysis, gone));
  },

  async list({ invoke }) {
    const { NetworkInsightsAnalyses = [] } = await invoke(
      model.DescribeNetworkInsightsAnalyses,
      {},
    );
    return NetworkInsightsAnalyses.map((each) => each.NetworkInsightsAnalysisId!);
  },
});

async function describe(id: string, { invoke }: ResourceContext): Promise<Described | undefined> {
  const ids = { NetworkInsightsAnalysisIds: [id] };
  const answer = invoke(model.DescribeNetworkInsightsAnalyses, ids);
  return (await unless(NOT_FOUND, answer))?.NetworkInsightsAnalyses?.[0];
}
