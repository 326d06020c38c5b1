import type { CapacityReservation } from '@aws-sdk/client-ec2';
import type { Ec2Scope } from '../../scope.ts';
import type { Tagged } from '../filters.ts';
import { allotmentNow, usage } from './allot.ts';
import { wireReservation, type CapacityReservationRecord } from './reservation.ts';

/** Reservations as DescribeCapacityReservations shows and filters them. */
export async function showReservations(
  records: readonly CapacityReservationRecord[],
  scope: Ec2Scope,
): Promise<(CapacityReservation & Tagged)[]> {
  const { caller, clock, tags } = scope;
  const used = usage(await allotmentNow(scope));
  const shown = records.map((each) =>
    wireReservation(each, used.get(each.id) ?? 0, caller, clock.now()),
  );
  return tags.join(caller, shown, (reservation) => reservation.CapacityReservationId);
}
