import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudformation.ts';
import { stackOfChangeSet } from '../domain/named-change-set.ts';
import { onStack } from '../domain/permissions.ts';
import type { CloudFormationScope } from '../scope.ts';

export const deleteChangeSet = operation(model.DeleteChangeSet, {
  authorize: onStack('DeleteChangeSet'),
  async handle(input, scope: CloudFormationScope) {
    const { stacks, changeSets } = scope;
    const stack = await stackOfChangeSet(scope, input);
    const changeSet = stack && (await changeSets.find(stack, input.ChangeSetName ?? ''));
    // one that is not there is as it is wanted: `cdk deploy` deletes before it creates
    if (!changeSet) return {};
    await stacks.record(stack, (now) => ({
      stack: now,
      writes: [changeSets.remove(stack, changeSet)],
    }));
    return {};
  },
});
