import type { Ec2Scope } from '../../scope.ts';
import type { Instance } from '../instances/instance.ts';
import { stateOf, type CapacityReservationRecord } from './reservation.ts';

/** What an instance says of the reservations that it runs in; those that say nothing take open ones. */
export type ReservationChoice =
  | { readonly preference: 'open' | 'none' | 'capacity-reservations-only' }
  | { readonly target: string };

/** What decides which reservations an instance fits into. */
export interface Fitting {
  readonly instanceType: string;
  readonly zone: string;
}

/** Which reservation each instance runs in. It follows from what is recorded of both, and is kept nowhere. */
export type Allotment = ReadonlyMap<string, string>;

/**
 * First those that name a reservation, then whoever fits an open one; the longest running first, so
 * that a launch takes nobody's place.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/capacity-reservations-using.html
 */
export function allot(
  reservations: readonly CapacityReservationRecord[],
  instances: readonly Instance[],
  nowMs: number,
): Allotment {
  const active = reservations.filter((each) => stateOf(each, nowMs) === 'active');
  const allotted = new Map<string, string>();
  if (active.length === 0) return allotted;
  const room = new Map(active.map(({ id, count }) => [id, count]));
  const running = instances.filter(isUsing).toSorted(byStart);
  for (const isTargeted of [true, false]) {
    for (const instance of running) {
      const choice = instance.capacityReservation;
      if ((choice !== undefined && 'target' in choice) !== isTargeted) continue;
      const found = candidates(active, fittingOf(instance), choice).find(
        ({ id }) => (room.get(id) ?? 0) > 0,
      );
      if (!found) continue;
      room.set(found.id, room.get(found.id)! - 1);
      allotted.set(instance.id, found.id);
    }
  }
  return allotted;
}

/** The reservations that an instance may run in, the oldest first. */
export function candidates(
  active: readonly CapacityReservationRecord[],
  fitting: Fitting,
  choice: ReservationChoice = { preference: 'open' },
): CapacityReservationRecord[] {
  if ('preference' in choice && choice.preference === 'none') return [];
  return active
    .filter(({ id, match }) => ('target' in choice ? id === choice.target : match === 'open'))
    .filter(({ instanceType, zone, platform }) => {
      const isFitting = instanceType === fitting.instanceType && zone.name === fitting.zone;
      return isFitting && platform === 'Linux/UNIX';
    })
    .toSorted((a, b) => a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1));
}

/** How many instances run in each reservation. */
export function usage(allotment: Allotment): ReadonlyMap<string, number> {
  const used = new Map<string, number>();
  for (const id of allotment.values()) used.set(id, (used.get(id) ?? 0) + 1);
  return used;
}

/** How the reservations of the caller's region are used now. */
export async function allotmentNow({
  caller,
  capacityReservations,
  instances,
  clock,
}: Pick<Ec2Scope, 'caller' | 'capacityReservations' | 'instances' | 'clock'>): Promise<Allotment> {
  const reservations = await capacityReservations.list(caller);
  if (reservations.length === 0) return new Map();
  return allot(reservations, await instances.list(caller), clock.now());
}

function fittingOf({ instanceType, network }: Instance): Fitting {
  return { instanceType, zone: network.zone };
}

/** Spot Instances and those on hosts of the account's own have other capacity. */
function isUsing({ state, spot, host }: Instance): boolean {
  return state !== 'stopped' && state !== 'terminated' && !spot && !host;
}

function byStart(a: Instance, b: Instance): number {
  return a.launchedAtMs - b.launchedAtMs || (a.id < b.id ? -1 : 1);
}
