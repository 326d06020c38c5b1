import type { NetworkInsightsPath as Described } from '@aws-sdk/client-ec2';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { unless } from './refusals.ts';
import { shownTags, specification, updateTags } from './tags.ts';

const NOT_FOUND = 'InvalidNetworkInsightsPathId.NotFound';

export const networkInsightsPath = resourceType('AWS::EC2::NetworkInsightsPath', {
  properties: [
    ...(['Destination', 'DestinationIp', 'DestinationPort', 'FilterAtDestination'] as const),
    ...(['FilterAtSource', 'Protocol', 'Source', 'SourceIp', 'Tags'] as const),
  ],

  async create(desired, context) {
    const { Destination, DestinationIp, DestinationPort, Source, SourceIp, Tags } = desired;
    const { FilterAtDestination, FilterAtSource } = desired;
    const { NetworkInsightsPath } = await context.invoke(model.CreateNetworkInsightsPath, {
      ...{ Destination, DestinationIp, DestinationPort, FilterAtDestination, FilterAtSource },
      ...{ Source, SourceIp, ClientToken: context.token },
      Protocol: desired.Protocol as 'tcp' | 'udp',
      TagSpecifications: [specification('network-insights-path', Tags, context)],
    });
    return NetworkInsightsPath!.NetworkInsightsPathId!;
  },

  async read(id, context) {
    const found = await describe(id, context);
    if (!found) return undefined;
    const { Tags: tags, CreatedDate, Source, Protocol, ...rest } = found;
    const Tags = shownTags(tags);
    const CreatedAt = CreatedDate!.toISOString();
    return {
      ...rest,
      ...{ Source: Source!, Protocol: Protocol!, CreatedDate: CreatedAt },
      ...(Tags && { Tags }),
    };
  },

  update: (id, desired, _, context) => updateTags(id, desired.Tags, context),

  async delete(id, { invoke }) {
    await unless(NOT_FOUND, invoke(model.DeleteNetworkInsightsPath, { NetworkInsightsPathId: id }));
  },

  async list({ invoke }) {
    const { NetworkInsightsPaths = [] } = await invoke(model.DescribeNetworkInsightsPaths, {});
    return NetworkInsightsPaths.map(({ NetworkInsightsPathId }) => NetworkInsightsPathId!);
  },
});

async function describe(id: string, { invoke }: ResourceContext): Promise<Described | undefined> {
  const answer = invoke(model.DescribeNetworkInsightsPaths, { NetworkInsightsPathIds: [id] });
  return (await unless(NOT_FOUND, answer))?.NetworkInsightsPaths?.[0];
}
