import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { creditFamily } from '../domain/launch/credit-family.ts';
import { creditsOf } from '../domain/launch/settings.ts';
import type { Ec2Scope } from '../scope.ts';

export const getDefaultCreditSpecification = operation(model.GetDefaultCreditSpecification, {
  recorded: true,
  async handle(input, { caller, settings }: Ec2Scope) {
    const InstanceFamily = creditFamily(input.InstanceFamily);
    const { defaultCredits: ofAccount } = await settings.get(caller);
    const CpuCredits = creditsOf(InstanceFamily, ofAccount);
    return { InstanceFamilyCreditSpecification: { InstanceFamily, CpuCredits } };
  },
});
