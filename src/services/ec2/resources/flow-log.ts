import type {
  FlowLog as Described,
  FlowLogsResourceType,
  LogDestinationType,
  TrafficType,
} from '@aws-sdk/client-ec2';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { kindOf } from '../domain/resource-kinds.ts';
import { unless } from './refusals.ts';
import { shownTags, specification, updateTags } from './tags.ts';

const NOT_FOUND = 'InvalidFlowLogId.NotFound';
const WATCHED: Readonly<Record<string, FlowLogsResourceType>> = {
  vpc: 'VPC',
  subnet: 'Subnet',
  'network-interface': 'NetworkInterface',
};

export const flowLog = resourceType('AWS::EC2::FlowLog', {
  properties: [
    ...(['DeliverCrossAccountRole', 'DeliverLogsPermissionArn', 'DestinationOptions'] as const),
    ...(['LogDestination', 'LogDestinationType', 'LogFormat', 'LogGroupName'] as const),
    ...(['MaxAggregationInterval', 'ResourceId', 'ResourceType', 'Tags', 'TrafficType'] as const),
  ],

  async create({ ResourceId, ResourceType, Tags, DestinationOptions, ...desired }, context) {
    const { DeliverCrossAccountRole, DeliverLogsPermissionArn, MaxAggregationInterval } = desired;
    const { LogDestination, LogFormat, LogGroupName } = desired;
    const { FlowLogIds } = await context.invoke(model.CreateFlowLogs, {
      ...{ DeliverCrossAccountRole, DeliverLogsPermissionArn, MaxAggregationInterval },
      ...{ LogDestination, LogFormat, LogGroupName, ClientToken: context.token },
      ...{ ResourceIds: [ResourceId], ResourceType: ResourceType as FlowLogsResourceType },
      LogDestinationType: desired.LogDestinationType as LogDestinationType | undefined,
      TrafficType: desired.TrafficType as TrafficType | undefined,
      ...(DestinationOptions && {
        DestinationOptions: { ...DestinationOptions } as Described['DestinationOptions'],
      }),
      TagSpecifications: [specification('vpc-flow-log', Tags, context)],
    });
    return FlowLogIds![0]!;
  },

  async read(id, context) {
    const found = await describe(id, context);
    if (!found) return undefined;
    const { ResourceId = '', DeliverLogsPermissionArn, DeliverCrossAccountRole } = found;
    const { LogDestination, LogGroupName } = found;
    const Tags = shownTags(found.Tags);
    return {
      Id: id,
      ...{ ResourceId, ResourceType: WATCHED[kindOf(ResourceId)?.type ?? '']! },
      ...{ TrafficType: found.TrafficType!, LogFormat: found.LogFormat! },
      LogDestinationType: found.LogDestinationType!,
      MaxAggregationInterval: found.MaxAggregationInterval!,
      ...(DeliverLogsPermissionArn && { DeliverLogsPermissionArn }),
      ...(DeliverCrossAccountRole && { DeliverCrossAccountRole }),
      ...(LogDestination && { LogDestination }),
      ...(LogGroupName && { LogGroupName }),
      ...(found.DestinationOptions && { DestinationOptions: optionsOf(found) }),
      ...(Tags && { Tags }),
    };
  },

  update: (id, desired, _, context) => updateTags(id, desired.Tags, context),

  async delete(id, { invoke }) {
    await unless(NOT_FOUND, invoke(model.DeleteFlowLogs, { FlowLogIds: [id] }));
  },

  async list({ invoke }) {
    const { FlowLogs = [] } = await invoke(model.DescribeFlowLogs, {});
    return FlowLogs.map(({ FlowLogId }) => FlowLogId!);
  },
});

function optionsOf({ DestinationOptions: options = {} }: Described) {
  return {
    FileFormat: options.FileFormat ?? 'plain-text',
    HiveCompatiblePartitions: options.HiveCompatiblePartitions ?? false,
    PerHourPartition: options.PerHourPartition ?? false,
  };
}

async function describe(id: string, { invoke }: ResourceContext): Promise<Described | undefined> {
  const answer = invoke(model.DescribeFlowLogs, { FlowLogIds: [id] });
  return (await unless(NOT_FOUND, answer))?.FlowLogs?.[0];
}
