import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudformation.ts';
import { page } from '../domain/page.ts';
import { onStack } from '../domain/permissions.ts';
import { stackMissing } from '../errors.ts';
import type { CloudFormationScope } from '../scope.ts';

const PAGE_SIZE = 100;

export const listChangeSets = operation(model.ListChangeSets, {
  authorize: onStack('ListChangeSets'),
  async handle(input, { stacks, changeSets, caller }: CloudFormationScope) {
    const { StackName: name = '', NextToken } = input;
    const stack = await stacks.find(caller, name);
    if (!stack) throw stackMissing(name);
    const { items, ...more } = page(await changeSets.list(stack), NextToken, PAGE_SIZE);
    const Summaries = items.map((changeSet) => ({
      StackId: stack.id,
      StackName: stack.name,
      ChangeSetId: changeSet.id,
      ChangeSetName: changeSet.name,
      ExecutionStatus: changeSet.executionStatus,
      Status: changeSet.status,
      StatusReason: changeSet.statusReason,
      CreationTime: new Date(changeSet.createdAtMs),
      Description: changeSet.description,
      IncludeNestedStacks: false,
    }));
    return { Summaries, ...more };
  },
});
