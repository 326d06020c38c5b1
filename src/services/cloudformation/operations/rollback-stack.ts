import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudformation.ts';
import { begin, newOperation } from '../domain/begin.ts';
import { onStack } from '../domain/permissions.ts';
import type { Stack, StackStatus } from '../domain/stack.ts';
import { stackMissing, wrongState } from '../errors.ts';
import type { CloudFormationScope } from '../scope.ts';

/** Takes back a creation or an update that failed and was left as it was. */
export const rollbackStack = operation(model.RollbackStack, {
  authorize: onStack('RollbackStack'),
  async handle(input, scope: CloudFormationScope) {
    const { StackName: name = '', ClientRequestToken: token, RoleARN: roleArn } = input;
    const { stacks, caller, realize } = scope;
    const stack = await stacks.find(caller, name);
    if (!stack) throw stackMissing(name);
    if (token !== undefined && stack.operation?.token === token) return { StackId: stack.id };
    const settings = {
      ...stack.settings,
      ...(roleArn !== undefined && { roleArn }),
      ...(input.RetainExceptOnCreate !== undefined && {
        retainExceptOnCreate: input.RetainExceptOnCreate,
      }),
    };
    const status = rollbackOf(stack);
    const begun = {
      status,
      operation: newOperation(scope, stack, { token }),
      change: { settings },
    };
    await begin(scope, stack, begun, (now) => void rollbackOf(now));
    if (roleArn !== undefined) realize('recorded');
    return { StackId: stack.id };
  },
});

/** @throws ValidationError where nothing has failed */
function rollbackOf({ id, status }: Stack): StackStatus {
  if (status === 'CREATE_FAILED') return 'ROLLBACK_IN_PROGRESS';
  if (status === 'UPDATE_FAILED') return 'UPDATE_ROLLBACK_IN_PROGRESS';
  throw wrongState(id, status, 'rolled back');
}
