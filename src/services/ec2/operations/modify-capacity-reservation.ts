import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { checkCount, endOf } from '../domain/capacity-reservations/request.ts';
import { checkActive } from '../domain/capacity-reservations/reservation.ts';
import { oneOf } from '../domain/launch/settings.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Instances that it has no room for any more run on outside of it. */
export const modifyCapacityReservation = operation(model.ModifyCapacityReservation, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource(
      'ModifyCapacityReservation',
      kinds.capacityReservation,
      input.CapacityReservationId,
      caller,
    ),
  async handle(input, { caller, capacityReservations, clock }) {
    refuseMembers('ModifyCapacityReservation', input, [
      ...(['AdditionalInfo', 'StartDate', 'QuoteId', 'AcceptModificationTerms'] as const),
    ]);
    const { CapacityReservationId: id, InstanceCount, InstanceMatchCriteria: match } = input;
    if (!id) throw errors.missingParameter('CapacityReservationId');
    const changesEnd = input.EndDate !== undefined || input.EndDateType !== undefined;
    if (InstanceCount === undefined && match === undefined && !changesEnd) {
      throw errors.missingParameter('InstanceCount');
    }
    await capacityReservations.find(caller, id);
    const nowMs = clock.now();
    const until = changesEnd ? endOf(input, nowMs) : undefined;
    await capacityReservations.update(caller, id, (now) => {
      checkActive(now, nowMs);
      const { endsAtMs: before, ...kept } = now;
      const endsAtMs = changesEnd ? until : before;
      return {
        ...kept,
        count: InstanceCount === undefined ? now.count : checkCount(InstanceCount),
        match: oneOf(['open', 'targeted'], match ?? now.match, 'InstanceMatchCriteria'),
        ...(endsAtMs !== undefined && { endsAtMs }),
        revision: (now.revision ?? 0) + 1,
      };
    });
    return { Return: true };
  },
});
