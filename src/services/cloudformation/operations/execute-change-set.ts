import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudformation.ts';
import { begin, checkUpdatable, newOperation } from '../domain/begin.ts';
import { namedChangeSet } from '../domain/named-change-set.ts';
import { onStack } from '../domain/permissions.ts';
import { isPartlyRecorded } from '../domain/settings.ts';
import type { Stack } from '../domain/stack.ts';
import { invalidChangeSetStatus, wrongState } from '../errors.ts';
import type { CloudFormationScope } from '../scope.ts';

export const executeChangeSet = operation(model.ExecuteChangeSet, {
  authorize: onStack('ExecuteChangeSet'),
  async handle(input, scope: CloudFormationScope) {
    const { platform, changeSets, realize } = scope;
    const { stack, changeSet } = await namedChangeSet(scope, input);
    const { id, kind, status, executionStatus } = changeSet;
    if (status !== 'CREATE_COMPLETE') throw invalidChangeSetStatus(id, status);
    if (executionStatus !== 'AVAILABLE') throw invalidChangeSetStatus(id, executionStatus);
    const isNew = kind === 'CREATE';
    const check = (now: Stack) => {
      if (!isNew) checkUpdatable(now);
      else if (now.status !== 'REVIEW_IN_PROGRESS') throw wrongState(now.id, now.status, 'created');
    };
    check(stack);
    const settings = {
      ...stack.settings,
      ...changeSet.settings,
      ...(input.RetainExceptOnCreate !== undefined && {
        retainExceptOnCreate: input.RetainExceptOnCreate,
      }),
    };
    const onFailure =
      input.DisableRollback === true ? 'DO_NOTHING' : isNew ? settings.onFailure : 'ROLLBACK';
    const operation = newOperation(scope, stack, { token: input.ClientRequestToken, onFailure });
    const begun = await begin(
      scope,
      stack,
      {
        status: isNew ? 'CREATE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS',
        operation,
        change: {
          ...{ revision: changeSet.revision, settings, changeSetId: id },
          ...(!isNew && { updatedAtMs: platform.clock.now() }),
        },
        writes: await changeSets.onlyExecuted(stack, changeSet),
      },
      check,
    );
    if (isPartlyRecorded(begun)) realize('recorded');
    return {};
  },
});
