import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudformation.ts';
import { USER } from '../domain/begin.ts';
import { onStack } from '../domain/permissions.ts';
import type { Stack } from '../domain/stack.ts';
import { stackMissing, validation } from '../errors.ts';
import type { CloudFormationScope } from '../scope.ts';

/** Begins nothing more of an update; what is in hand comes to rest, and all of it is rolled back. */
export const cancelUpdateStack = operation(model.CancelUpdateStack, {
  authorize: onStack('CancelUpdateStack'),
  async handle({ StackName: name = '' }, scope: CloudFormationScope) {
    const { stacks, deployments, caller } = scope;
    const stack = await stacks.find(caller, name);
    if (!stack) throw stackMissing(name);
    const cancelled = await stacks.record(stack, (now) => ({ stack: interrupted(now) }));
    deployments.start(cancelled);
    return {};
  },
});

function interrupted(stack: Stack): Stack {
  const { operation: update, status } = stack;
  if (status !== 'UPDATE_IN_PROGRESS' || !update) {
    throw validation('CancelUpdateStack cannot be called from current stack status');
  }
  const interruption = { status: 'UPDATE_ROLLBACK_IN_PROGRESS', reason: USER } as const;
  return { ...stack, operation: { ...update, interruption } };
}
