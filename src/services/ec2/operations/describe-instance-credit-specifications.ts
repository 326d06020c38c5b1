import type { InstanceCreditSpecification } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<InstanceCreditSpecification> = {
  'instance-id': (each) => each.InstanceId,
};

/** Credits are recorded only: nothing slows an instance down when they would be spent. */
export const describeInstanceCreditSpecifications = operation(
  model.DescribeInstanceCreditSpecifications,
  {
    async handle(input, scope: Ec2Scope) {
      const { caller, instances } = scope;
      scope.realize('recorded');
      const all = (await instances.list(caller))
        .filter(({ state }) => state !== 'terminated')
        .map(({ id, settings }) => ({
          InstanceId: id,
          CpuCredits: settings.creditSpecification ?? 'standard',
          burstable: settings.creditSpecification !== undefined,
        }));
      const { found, NextToken } = select(all, input, {
        id: (each) => each.InstanceId,
        ids: { kind: kinds.instance, given: input.InstanceIds },
        // Named ones are shown whatever their type, the list holds those that do not have the default.
        only: (each) =>
          (input.InstanceIds?.length ?? 0) > 0 ||
          (each.burstable && each.CpuCredits === 'unlimited'),
        filters,
      });
      return { InstanceCreditSpecifications: found, NextToken };
    },
  },
);
