import { Derived } from '../../../kernel/derived.ts';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { instanceFilters } from '../domain/instances/filters.ts';
import {
  byReservation,
  showInstances,
  type ShownInstance,
} from '../domain/instances/reservations.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import { realizationOf } from '../domain/machines/realization.ts';
import type { Ec2Scope } from '../scope.ts';

export const describeInstances = operation(model.DescribeInstances, {
  async handle(input, scope: Ec2Scope) {
    const recorded = await scope.instances.list(scope.caller, input.InstanceIds);
    scope.realize(realizationOf(scope.compute.driver, recorded));
    const all = await showInstances(recorded, scope);
    const { found, NextToken } = select(all, input, {
      id: (instance) => instance.InstanceId,
      order: (instance) => places.of(instance, [], () => placeOf(instance)).place,
      ids: { kind: kinds.instance, given: input.InstanceIds },
      filters: instanceFilters,
    });
    return { Reservations: byReservation(found), NextToken };
  },
});

const places = new Derived<ShownInstance, { readonly place: string }>();

/** Those of one launch stay together. */
function placeOf({ ReservationId, AmiLaunchIndex = 0 }: ShownInstance) {
  return { place: `${ReservationId}/${String(AmiLaunchIndex).padStart(6, '0')}` };
}
