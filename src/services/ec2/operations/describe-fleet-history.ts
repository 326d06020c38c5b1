import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isInstant } from '../domain/fleets/fleet.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeFleetHistory.html */
export const describeFleetHistory = operation(model.DescribeFleetHistory, {
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('DescribeFleetHistory', kinds.fleet, input.FleetId, caller),
  async handle({ FleetId, StartTime, EventType, ...page }, { caller, fleets, clock }) {
    if (!FleetId) throw errors.missingParameter('FleetId');
    if (!StartTime) throw errors.missingParameter('StartTime');
    const fleet = await fleets.find(caller, FleetId);
    if (isInstant(fleet)) {
      throw errors.unsupported('DescribeFleetHistory does not support fleets of type instant.');
    }
    const events = (fleet.history ?? [])
      .map((event, at) => ({ ...event, order: String(at).padStart(6, '0') }))
      .filter(({ atMs, type }) => atMs >= StartTime.getTime() && (EventType ?? type) === type);
    const { found, NextToken } = select(events, page, {
      id: ({ order }) => order,
      filters: {},
      page: { min: 1, max: 1000 },
    });
    return {
      ...{ FleetId, StartTime, NextToken },
      ...(NextToken === undefined && { LastEvaluatedTime: new Date(clock.now()) }),
      HistoryRecords: found.map(({ atMs, type, subType, description, instanceId }) => ({
        Timestamp: new Date(atMs),
        EventType: type,
        EventInformation: {
          EventSubType: subType,
          ...(description && { EventDescription: description }),
          ...(instanceId !== undefined && { InstanceId: instanceId }),
        },
      })),
    };
  },
});
