import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudformation.ts';
import { onStack } from '../domain/permissions.ts';
import { stackMissing } from '../errors.ts';
import type { CloudFormationScope } from '../scope.ts';

export const updateTerminationProtection = operation(model.UpdateTerminationProtection, {
  authorize: onStack('UpdateTerminationProtection'),
  async handle(input, { stacks, caller }: CloudFormationScope) {
    const { StackName: name = '', EnableTerminationProtection: terminationProtection } = input;
    const stack = await stacks.find(caller, name);
    if (!stack || stack.status === 'DELETE_COMPLETE') throw stackMissing(name);
    await stacks.record(stack, (now) => ({
      stack: { ...now, terminationProtection: terminationProtection === true },
    }));
    return { StackId: stack.id };
  },
});
