import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudformation.ts';
import { onStack } from '../domain/permissions.ts';
import { deleteStack as deleteOne } from '../domain/delete-stack.ts';
import { validation } from '../errors.ts';
import type { CloudFormationScope } from '../scope.ts';

export const deleteStack = operation(model.DeleteStack, {
  authorize: onStack('DeleteStack'),
  async handle(input, scope: CloudFormationScope) {
    const { StackName: name = '', RetainResources: skip, ClientRequestToken: token } = input;
    const stack = await scope.stacks.find(scope.caller, name);
    // a stack that is not there is as it is wanted
    if (!stack || stack.status === 'DELETE_COMPLETE') return {};
    if (skip?.length && stack.status !== 'DELETE_FAILED' && input.DeletionMode === undefined) {
      throw validation(
        `Invalid operation on stack [${stack.id}]. When you delete a stack, specify which resources to retain only when the stack is in the DELETE_FAILED state.`,
      );
    }
    await deleteOne(scope, stack, {
      token,
      skip,
      force: input.DeletionMode === 'FORCE_DELETE_STACK',
    });
    return {};
  },
});
