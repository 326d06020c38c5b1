import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { chooseReservation } from '../domain/capacity-reservations/choice.ts';
import { checkStopped } from '../domain/instances/modify.ts';
import { namedInstance, onInstances } from '../domain/instances/named.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

export const modifyInstanceCapacityReservationAttributes = operation(
  model.ModifyInstanceCapacityReservationAttributes,
  {
    recorded: true,
    authorize: (input, { caller }: Ec2Scope) =>
      onInstances('ModifyInstanceCapacityReservationAttributes', [input.InstanceId], caller),
    async handle(input, scope) {
      const instance = await namedInstance(input.InstanceId, scope);
      const choice = await chooseReservation(input.CapacityReservationSpecification, scope);
      if (!choice) throw errors.missingParameter('CapacityReservationSpecification');
      const after = await scope.instances.update(instance, (now) => {
        checkStopped(now);
        return { ...now, capacityReservation: choice };
      });
      if (!after) throw kinds.instance.notFound([instance.id]);
      return { Return: true };
    },
  },
);
