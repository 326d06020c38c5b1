import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudformation.ts';
import { begin, newOperation } from '../domain/begin.ts';
import { onStack } from '../domain/permissions.ts';
import type { Stack } from '../domain/stack.ts';
import type { StackResource } from '../domain/stack-resource.ts';
import { resourceMissing, stackMissing, validation, wrongState } from '../errors.ts';
import type { CloudFormationScope } from '../scope.ts';

/** Tries again to take back an update, leaving out what cannot be brought back. */
export const continueUpdateRollback = operation(model.ContinueUpdateRollback, {
  authorize: onStack('ContinueUpdateRollback'),
  async handle(input, scope: CloudFormationScope) {
    const { StackName: name = '', ResourcesToSkip: skip = [] } = input;
    const { ClientRequestToken: token, RoleARN: roleArn } = input;
    const { stacks, caller, realize } = scope;
    const stack = await stacks.find(caller, name);
    if (!stack) throw stackMissing(name);
    if (token !== undefined && stack.operation?.token === token) return {};
    checkFailed(stack);
    checkSkipped(skip, await stacks.resources(stack), name);
    const status = 'UPDATE_ROLLBACK_IN_PROGRESS';
    const settings = { ...stack.settings, ...(roleArn !== undefined && { roleArn }) };
    const rollback = newOperation(scope, stack, { token, skip });
    await begin(scope, stack, { status, operation: rollback, change: { settings } }, checkFailed);
    if (roleArn !== undefined) realize('recorded');
    return {};
  },
});

function checkFailed({ id, status }: Stack): void {
  if (status !== 'UPDATE_ROLLBACK_FAILED') throw wrongState(id, status, 'continued to roll back');
}

function checkSkipped(
  skip: readonly string[],
  resources: readonly StackResource[],
  stack: string,
): void {
  for (const logicalId of skip) {
    const found = resources.find((each) => each.logicalId === logicalId);
    if (!found) throw resourceMissing(logicalId, stack);
    if (found.status !== 'UPDATE_FAILED') {
      throw validation(
        `Resource ${logicalId} cannot be skipped: only resources in the UPDATE_FAILED state can be.`,
      );
    }
  }
}
