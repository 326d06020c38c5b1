import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { showReservations } from '../domain/capacity-reservations/show.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Reservations are not shared, so their owner is all who uses them: one page. */
export const getCapacityReservationUsage = operation(model.GetCapacityReservationUsage, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource(
      'GetCapacityReservationUsage',
      kinds.capacityReservation,
      input.CapacityReservationId,
      caller,
    ),
  async handle({ CapacityReservationId: id }, scope) {
    if (!id) throw errors.missingParameter('CapacityReservationId');
    const record = await scope.capacityReservations.find(scope.caller, id);
    const [shown] = await showReservations([record], scope);
    const used = shown?.CapacityAllocations?.[0]?.Count ?? 0;
    return {
      CapacityReservationId: id,
      InstanceType: record.instanceType,
      State: shown?.State,
      TotalInstanceCount: record.count,
      AvailableInstanceCount: shown?.AvailableInstanceCount,
      InstanceUsages:
        used > 0 ? [{ AccountId: scope.caller.account, UsedInstanceCount: used }] : [],
    };
  },
});
