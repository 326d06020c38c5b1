import { set } from '../../../../storage/records.ts';
import * as capacityErrors from '../../capacity-errors.ts';
import type { Ec2Scope } from '../../scope.ts';
import type { Instance } from '../instances/instance.ts';
import type { PutToUse } from '../network/put-to-use.ts';
import { allot, candidates, usage, type Fitting, type ReservationChoice } from './allot.ts';
import { stateOf, type CapacityReservationRecord } from './reservation.ts';

/** Another launch was placed into the reservation since a look at its room. */
export class ReservationUsed extends Error {}

export interface Reserved {
  /** How many instances there is room for; Infinity where they may run outside of reservations. */
  readonly room: number;
  /** Keeps that room through the transaction; refuses if it is less than was asked for. */
  readonly join: PutToUse;
}

/**
 * Looks for room where instances may run in reservations only.
 *
 * @param least how many instances are to be placed at any rate
 */
export async function reserve(
  choice: ReservationChoice | undefined,
  fitting: Fitting,
  least: number,
  scope: Pick<Ec2Scope, 'caller' | 'capacityReservations' | 'instances' | 'clock'>,
): Promise<Reserved> {
  if (!choice || !isBound(choice)) {
    return { room: Infinity, join: { slots: [], writes: () => [] } };
  }
  const { caller, capacityReservations, instances, clock } = scope;
  // The reservations first: who joins them later changes their revision.
  const all = await capacityReservations.list(caller);
  const used = usage(allot(all, await instances.list(caller), clock.now()));
  const active = all.filter((each) => stateOf(each, clock.now()) === 'active');
  const open = candidates(active, fitting, choice);
  const room = open.reduce(
    (sum, { id, count }) => sum + Math.max(0, count - (used.get(id) ?? 0)),
    0,
  );
  const slots = open.map(({ id }) => capacityReservations.at(caller, id));
  return {
    room,
    join: {
      slots,
      writes: (found) => {
        if (room < least) throw capacityErrors.reservationExceeded();
        return (found as readonly (CapacityReservationRecord | undefined)[]).map((now, at) => {
          const { revision = 0 } = open[at]!;
          if (!now || (now.revision ?? 0) !== revision) throw new ReservationUsed();
          return set(slots[at]!, { ...now, revision: revision + 1 });
        });
      },
    },
  };
}

/**
 * Refuses to start instances that may run in reservations only and have no room there.
 *
 * @throws ReservationCapacityExceeded
 */
export async function checkReservations(
  instances: readonly Instance[],
  scope: Pick<Ec2Scope, 'caller' | 'capacityReservations' | 'instances' | 'clock'>,
): Promise<void> {
  const bound = instances.filter(
    ({ state, capacityReservation: choice }) => state === 'stopped' && choice && isBound(choice),
  );
  if (bound.length === 0) return;
  const { caller, capacityReservations, clock } = scope;
  const all = await capacityReservations.list(caller);
  const started = bound.map((each): Instance => ({ ...each, state: 'pending' }));
  const ids = new Set(started.map(({ id }) => id));
  const others = (await scope.instances.list(caller)).filter(({ id }) => !ids.has(id));
  const allotted = allot(all, [...others, ...started], clock.now());
  const taken = allot(all, others, clock.now());
  // Nobody who runs in a reservation is driven out of it either.
  const isFull =
    started.some(({ id }) => !allotted.has(id)) ||
    [...taken.keys()].some((id) => !allotted.has(id));
  if (isFull) throw capacityErrors.reservationExceeded();
}

/** Whether it may run in reservations only. */
export function isBound(choice: ReservationChoice): boolean {
  return 'target' in choice || choice.preference === 'capacity-reservations-only';
}
