import type { NetworkInsightsPath } from '@aws-sdk/client-ec2';

/** What Reachability Analyzer is to look at, in the wire's shape without tags. */
export interface InsightsPathRecord extends Omit<NetworkInsightsPath, 'CreatedDate'> {
  readonly NetworkInsightsPathId: string;
  /** Milliseconds since the epoch. */
  readonly createdAtMs: number;
}

export function wireInsightsPath({
  createdAtMs,
  ...shown
}: InsightsPathRecord): NetworkInsightsPath {
  return { ...shown, CreatedDate: new Date(createdAtMs) };
}
