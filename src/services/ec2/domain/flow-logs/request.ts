import type { CreateFlowLogsRequest } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import * as flowLogErrors from '../../flow-log-errors.ts';
import { checkIds, kinds, type ResourceKind } from '../resource-kinds.ts';
import type { FlowLogRecord } from './flow-log.ts';

/** What can be logged, by AWS's names in requests. */
const WATCHED: Readonly<Record<string, ResourceKind>> = {
  VPC: kinds.vpc,
  Subnet: kinds.subnet,
  NetworkInterface: kinds.networkInterface,
};

const MAX_RESOURCES = 1000;
const INTERVALS = [60, 600];
const FORMAT =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'
    .split(' ')
    .map((field) => `\${${field}}`)
    .join(' ');

/**
 * What a request is about, without a look whether it exists.
 *
 * @throws MissingParameter, InvalidParameterValue, the kind's `.Malformed`, UnsupportedOperation
 */
export function checkWatched({ ResourceIds = [], ResourceType }: CreateFlowLogsRequest) {
  if (!ResourceType) throw errors.missingParameter('resourceType');
  const kind = WATCHED[ResourceType];
  if (!kind) throw errors.unsupported(`Alacarte has no flow logs of ${ResourceType} yet.`);
  const ids = [...new Set(ResourceIds)];
  if (ids.length === 0) throw errors.missingParameter('resourceId');
  if (ids.length > MAX_RESOURCES) {
    throw errors.invalidParameter(`At most ${MAX_RESOURCES} resources can be given.`);
  }
  checkIds(kind, ids);
  return { kind, ids };
}

/**
 * What all flow logs of a request have in common.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html
 *
 * @throws MissingParameter, InvalidParameter
 */
export function checkDelivery(
  input: CreateFlowLogsRequest,
): Omit<FlowLogRecord, 'FlowLogId' | 'ResourceId' | 'createdAtMs'> {
  const { TrafficType, LogFormat = FORMAT, MaxAggregationInterval = 600 } = input;
  const { LogDestinationType = 'cloud-watch-logs', DestinationOptions, LogGroupName } = input;
  const { LogDestination, DeliverLogsPermissionArn, DeliverCrossAccountRole } = input;
  if (!TrafficType) throw errors.missingParameter('trafficType');
  if (!INTERVALS.includes(MaxAggregationInterval)) {
    throw flowLogErrors.invalidFlowLog('Invalid Flow Log Max Aggregation Interval');
  }
  if (!/^\$\{[a-z0-9-]+\}( \$\{[a-z0-9-]+\})*$/.test(LogFormat)) {
    throw flowLogErrors.invalidFlowLog('Invalid Flow Log Format');
  }
  checkDestination(input);
  return {
    ...{ TrafficType, LogFormat, MaxAggregationInterval, LogDestinationType, LogGroupName },
    ...{ LogDestination, DeliverLogsPermissionArn, DeliverCrossAccountRole },
    ...(DestinationOptions && { DestinationOptions }),
    FlowLogStatus: 'ACTIVE',
  };
}

function checkDestination(input: CreateFlowLogsRequest): void {
  const { LogDestinationType: type = 'cloud-watch-logs', DeliverLogsPermissionArn } = input;
  const { LogGroupName, LogDestination } = input;
  const isLogs = type === 'cloud-watch-logs';
  if (LogGroupName && LogDestination) {
    throw flowLogErrors.invalidFlowLog(
      'Please only provide LogGroupName or only provide LogDestination.',
    );
  }
  if (LogGroupName && !isLogs) {
    throw flowLogErrors.invalidFlowLog(
      'LogDestination type must be cloud-watch-logs if LogGroupName is provided.',
    );
  }
  if (!LogGroupName && !LogDestination) {
    throw flowLogErrors.invalidFlowLog(
      "LogDestination can't be empty if LogGroupName is not provided.",
    );
  }
  if (isLogs && !DeliverLogsPermissionArn) {
    throw flowLogErrors.invalidFlowLog(
      "DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.",
    );
  }
  if (type === 's3' && DeliverLogsPermissionArn) {
    throw flowLogErrors.invalidFlowLog(
      'DeliverLogsPermissionArn is not applicable for s3 delivery',
    );
  }
  if (LogDestination && !LogDestination.startsWith('arn:')) {
    throw flowLogErrors.invalidFlowLog('LogDestination must be an ARN.');
  }
}
