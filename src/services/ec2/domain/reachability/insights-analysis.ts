import type { NetworkInsightsAnalysis, PathRequestFilter } from '@aws-sdk/client-ec2';
import type { InsightsPathRecord } from './insights-path.ts';
import type { HeaderFilter, Question } from './question.ts';
import type { Verdict } from './verdict.ts';

/** What an analysis has found, in the wire's shape without tags. */
export interface InsightsAnalysisRecord extends Omit<NetworkInsightsAnalysis, 'StartDate'> {
  readonly NetworkInsightsAnalysisId: string;
  readonly NetworkInsightsPathId: string;
  /** Milliseconds since the epoch. */
  readonly startedAtMs: number;
}

/** https://docs.aws.amazon.com/vpc/latest/reachability/how-reachability-analyzer-works.html */
const KEPT_MS = 120 * 24 * 3_600_000;

/** AWS deletes analyses after a while. */
export function isKept({ startedAtMs }: InsightsAnalysisRecord, now: number): boolean {
  return now < startedAtMs + KEPT_MS;
}

export function wireInsightsAnalysis({
  startedAtMs,
  ...shown
}: InsightsAnalysisRecord): NetworkInsightsAnalysis {
  return { ...shown, StartDate: new Date(startedAtMs) };
}

/** An analysis that is under way: what it has found is not told yet. */
export function begun(analysis: InsightsAnalysisRecord): NetworkInsightsAnalysis {
  const { NetworkPathFound: _, ForwardPathComponents: __, ...rest } = analysis;
  const { ReturnPathComponents: ___, Explanations: ____, ...asked } = rest;
  return wireInsightsAnalysis({ ...asked, Status: 'running' });
}

/** What a path asks. */
export function questionOf(path: InsightsPathRecord): Question {
  const { Source, Destination, Protocol = 'tcp', SourceIp, DestinationIp, DestinationPort } = path;
  const atSource = headerFilter(path.FilterAtSource);
  return {
    from: Source ?? '',
    ...(Destination && { to: Destination }),
    protocol: Protocol,
    ...(DestinationPort !== undefined && { port: DestinationPort }),
    atSource: {
      ...atSource,
      ...(SourceIp && { source: SourceIp }),
      ...(DestinationIp && { destination: DestinationIp }),
    },
    atDestination: headerFilter(path.FilterAtDestination),
  };
}

export function findings(verdict: Verdict): Partial<NetworkInsightsAnalysis> {
  const { found, forward, back, explanations } = verdict;
  return {
    Status: 'succeeded',
    NetworkPathFound: found,
    ForwardPathComponents: [...forward],
    ...(found && { ReturnPathComponents: [...back] }),
    ...(!found && { Explanations: [...explanations] }),
  };
}

function headerFilter(filter: PathRequestFilter | undefined): HeaderFilter {
  const { SourceAddress, DestinationAddress, SourcePortRange, DestinationPortRange } = filter ?? {};
  const sourcePorts = rangeOf(SourcePortRange);
  const destinationPorts = rangeOf(DestinationPortRange);
  return {
    ...(SourceAddress && { source: SourceAddress }),
    ...(DestinationAddress && { destination: DestinationAddress }),
    ...(sourcePorts && { sourcePorts }),
    ...(destinationPorts && { destinationPorts }),
  };
}

function rangeOf(range: PathRequestFilter['SourcePortRange']): [number, number] | undefined {
  if (range?.FromPort === undefined) return undefined;
  return [range.FromPort, range.ToPort ?? range.FromPort];
}
