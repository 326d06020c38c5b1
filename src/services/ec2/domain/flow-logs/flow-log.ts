import type { FlowLog } from '@aws-sdk/client-ec2';

/** A flow log in the wire's shape without tags. Nothing is delivered, so it has no status of that. */
export interface FlowLogRecord extends Omit<FlowLog, 'CreationTime'> {
  readonly FlowLogId: string;
  readonly ResourceId: string;
  /** Milliseconds since the epoch. */
  readonly createdAtMs: number;
}

export function wireFlowLog({ createdAtMs, ...shown }: FlowLogRecord): FlowLog {
  return { ...shown, CreationTime: new Date(createdAtMs) };
}

/** Whether two log the same of one resource to the same place. */
export function areAlike(one: FlowLogRecord, other: FlowLogRecord): boolean {
  return (
    one.ResourceId === other.ResourceId &&
    one.TrafficType === other.TrafficType &&
    one.LogDestinationType === other.LogDestinationType &&
    one.LogDestination === other.LogDestination &&
    one.LogGroupName === other.LogGroupName
  );
}
