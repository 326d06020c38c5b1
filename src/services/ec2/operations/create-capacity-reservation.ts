import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { readReservation } from '../domain/capacity-reservations/request.ts';
import { showReservations } from '../domain/capacity-reservations/show.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew } from '../domain/tags.ts';
import type { Ec2Scope } from '../scope.ts';

/** Keeps the books of what launches may use; no memory of the host is set aside. */
export const createCapacityReservation = operation(model.CreateCapacityReservation, {
  recorded: true,
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('CreateCapacityReservation', kinds.capacityReservation, undefined, caller),
  async handle(input, scope) {
    const { caller, ids, clock, capacityReservations } = scope;
    const made = readReservation(input, caller.region, clock.now());
    const record = { ...made, id: ids.resource('cr') };
    const tags = tagsOfNew(caller, kinds.capacityReservation, input.TagSpecifications);
    const standing = await capacityReservations.create(caller, input, [record], tags);
    const [CapacityReservation] = await showReservations(standing, scope);
    return { CapacityReservation };
  },
});
