import type {
  CapacityReservation,
  CapacityReservationInstancePlatform,
  CapacityReservationState,
} from '@aws-sdk/client-ec2';
import { arnOf } from '../../../../kernel/arn.ts';
import * as capacityErrors from '../../capacity-errors.ts';
import type { Used } from '../network/recorded.ts';
import type { Place } from '../place.ts';

/** Room for instances of one type in one zone. Times are milliseconds since the epoch. */
export interface CapacityReservationRecord extends Used {
  readonly id: string;
  readonly createdAtMs: number;
  readonly instanceType: string;
  readonly platform: CapacityReservationInstancePlatform;
  readonly zone: { readonly name: string; readonly id: string };
  readonly count: number;
  /** Whether instances that fit run in it by themselves, or those only that name it. */
  readonly match: 'open' | 'targeted';
  readonly ebsOptimized: boolean;
  readonly ephemeralStorage: boolean;
  readonly endsAtMs?: number;
  readonly cancelledAtMs?: number;
}

/** Those that have ended are shown for an hour, as instances are. */
const ENDED_VISIBLE_MS = 3_600_000;

export function stateOf(
  { cancelledAtMs, endsAtMs }: CapacityReservationRecord,
  nowMs: number,
): CapacityReservationState {
  if (cancelledAtMs !== undefined) return 'cancelled';
  return endsAtMs !== undefined && nowMs >= endsAtMs ? 'expired' : 'active';
}

export function isVisible(record: CapacityReservationRecord, nowMs: number): boolean {
  if (stateOf(record, nowMs) === 'active') return true;
  return nowMs < (record.cancelledAtMs ?? record.endsAtMs ?? nowMs) + ENDED_VISIBLE_MS;
}

/** @throws InvalidCapacityReservationState */
export function checkActive(record: CapacityReservationRecord, nowMs: number): void {
  const state = stateOf(record, nowMs);
  if (state !== 'active') throw capacityErrors.reservationState(record.id, state);
}

/**
 * A reservation as the wire shows it, without tags.
 *
 * @param used how many instances run in it
 */
export function wireReservation(
  record: CapacityReservationRecord,
  used: number,
  place: Place,
  nowMs: number,
): CapacityReservation {
  const state = stateOf(record, nowMs);
  return {
    CapacityReservationId: record.id,
    CapacityReservationArn: arnOf(place, 'ec2', `capacity-reservation/${record.id}`),
    OwnerId: place.account,
    AvailabilityZone: record.zone.name,
    AvailabilityZoneId: record.zone.id,
    InstanceType: record.instanceType,
    InstancePlatform: record.platform,
    Tenancy: 'default',
    TotalInstanceCount: record.count,
    AvailableInstanceCount: state === 'active' ? Math.max(0, record.count - used) : 0,
    EbsOptimized: record.ebsOptimized,
    EphemeralStorage: record.ephemeralStorage,
    State: state,
    CreateDate: new Date(record.createdAtMs),
    StartDate: new Date(record.createdAtMs),
    ...(record.endsAtMs !== undefined && { EndDate: new Date(record.endsAtMs) }),
    EndDateType: record.endsAtMs === undefined ? 'unlimited' : 'limited',
    InstanceMatchCriteria: record.match,
    ReservationType: 'default',
    CapacityAllocations: used > 0 ? [{ AllocationType: 'used', Count: used }] : [],
  };
}
