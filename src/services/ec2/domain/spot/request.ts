import type {
  InstanceInterruptionBehavior,
  RequestSpotLaunchSpecification,
  SpotInstanceState,
  SpotInstanceStateFault,
} from '@aws-sdk/client-ec2';
import type { Instance } from '../instances/instance.ts';
import type { Place } from '../place.ts';
import type { SpotCode } from './status.ts';

/** On which terms somebody takes a Spot Instance. Times are milliseconds since the epoch. */
export interface SpotTerms {
  readonly type: 'one-time' | 'persistent';
  readonly interruption: InstanceInterruptionBehavior;
  /** The most that is paid, in dollars an hour. */
  readonly price: string;
  readonly validFromMs?: number;
  readonly validUntilMs?: number;
  readonly launchGroup?: string;
  readonly zoneGroup?: string;
}

/** A Spot request for one instance, as it was left; `standing` says how it stands. */
export interface SpotRequestRecord extends SpotTerms, Place {
  readonly id: string;
  readonly createdAtMs: number;
  readonly specification: RequestSpotLaunchSpecification;
  /** The security groups that its instance is put into. */
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  readonly state: SpotInstanceState;
  readonly code: SpotCode;
  /** When it came to that state. */
  readonly atMs: number;
  readonly instanceId?: string;
  readonly zone?: { readonly name: string; readonly id: string };
  readonly fault?: SpotInstanceStateFault;
}

export interface SpotStanding {
  readonly state: SpotInstanceState;
  readonly code: SpotCode;
  readonly atMs: number;
}

/**
 * How a request stands, which follows from what became of its instance.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-request-status.html
 *
 * @param instance undefined where it has none, or none any more
 */
export function standing(
  record: SpotRequestRecord,
  instance: Instance | undefined,
  nowMs: number,
): SpotStanding {
  const { state, code, atMs, validUntilMs } = record;
  const isExpired = validUntilMs !== undefined && nowMs >= validUntilMs;
  if (state === 'open' && isExpired) {
    return { state: 'closed', code: 'schedule-expired', atMs: validUntilMs };
  }
  if (record.instanceId === undefined || (state !== 'active' && state !== 'cancelled')) {
    return { state, code, atMs };
  }
  const ended = endOf(instance);
  if (ended) {
    const endedAtMs = instance?.terminatedAtMs ?? atMs;
    const isWantedAgain =
      state === 'active' && record.type === 'persistent' && ended !== 'system-error' && !isExpired;
    const after = state === 'active' ? (isWantedAgain ? 'open' : 'closed') : state;
    return { state: after, code: ended, atMs: endedAtMs };
  }
  if (state === 'active' && (instance?.state === 'stopped' || instance?.state === 'stopping')) {
    return { state: 'disabled', code: 'instance-stopped-by-user', atMs };
  }
  return { state, code, atMs };
}

function endOf(instance: Instance | undefined): SpotCode | undefined {
  if (!instance) return 'instance-terminated-by-user';
  if (instance.state !== 'terminated' && instance.state !== 'shutting-down') return undefined;
  // A machine that could not be made: another attempt would end alike.
  if (instance.stateReason?.Code?.startsWith('Server.')) return 'system-error';
  return 'instance-terminated-by-user';
}
