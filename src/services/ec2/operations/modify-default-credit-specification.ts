import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { creditFamily } from '../domain/launch/credit-family.ts';
import { oneOf } from '../domain/launch/settings.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Goes for instances that are launched from now on. */
export const modifyDefaultCreditSpecification = operation(model.ModifyDefaultCreditSpecification, {
  recorded: true,
  async handle(input, { caller, settings }: Ec2Scope) {
    const InstanceFamily = creditFamily(input.InstanceFamily);
    if (!input.CpuCredits) throw errors.missingParameter('CpuCredits');
    const CpuCredits = oneOf(['standard', 'unlimited'], input.CpuCredits, 'CpuCredits');
    await settings.change(caller, (now) => ({
      ...now,
      defaultCredits: { ...now.defaultCredits, [InstanceFamily]: CpuCredits },
    }));
    return { InstanceFamilyCreditSpecification: { InstanceFamily, CpuCredits } };
  },
});
