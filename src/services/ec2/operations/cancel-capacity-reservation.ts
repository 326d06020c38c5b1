import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { checkActive } from '../domain/capacity-reservations/reservation.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Its instances run on, outside of any reservation. */
export const cancelCapacityReservation = operation(model.CancelCapacityReservation, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource(
      'CancelCapacityReservation',
      kinds.capacityReservation,
      input.CapacityReservationId,
      caller,
    ),
  async handle({ CapacityReservationId: id }, { caller, capacityReservations, clock }) {
    if (!id) throw errors.missingParameter('CapacityReservationId');
    await capacityReservations.find(caller, id);
    await capacityReservations.update(caller, id, (now) => {
      checkActive(now, clock.now());
      return { ...now, cancelledAtMs: clock.now(), revision: (now.revision ?? 0) + 1 };
    });
    return { Return: true };
  },
});
