import type { FlowLog } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { wireFlowLog } from '../domain/flow-logs/flow-log.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<FlowLog> = {
  'deliver-log-status': (log) => log.DeliverLogsStatus,
  'flow-log-id': (log) => log.FlowLogId,
  'log-destination-type': (log) => log.LogDestinationType,
  'log-group-name': (log) => log.LogGroupName,
  'resource-id': (log) => log.ResourceId,
  'traffic-type': (log) => log.TrafficType,
};

export const describeFlowLogs = operation(model.DescribeFlowLogs, {
  recorded: true,
  async handle(input, { caller, networks, tags }: Ec2Scope) {
    const shown = (await networks.list('vpc-flow-log', caller)).map(wireFlowLog);
    const all = await tags.join(caller, shown, (log) => log.FlowLogId);
    const { found, NextToken } = select(
      all,
      { ...input, Filters: input.Filter },
      {
        id: (log) => log.FlowLogId,
        ids: { kind: kinds.vpcFlowLog, given: input.FlowLogIds },
        filters,
        page: { min: 1, max: 1000 },
      },
    );
    return { FlowLogs: found, NextToken };
  },
});
