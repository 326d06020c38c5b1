import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudformation.ts';
import { describeStack } from '../domain/describe.ts';
import { page } from '../domain/page.ts';
import { onStack } from '../domain/permissions.ts';
import { stackWithIdMissing } from '../errors.ts';
import type { CloudFormationScope } from '../scope.ts';

const PAGE_SIZE = 100;

export const describeStacks = operation(model.DescribeStacks, {
  authorize: onStack('DescribeStacks'),
  async handle({ StackName: name, NextToken }, { stacks, caller }: CloudFormationScope) {
    if (name) {
      const stack = await stacks.find(caller, name);
      if (!stack) throw stackWithIdMissing(name);
      return { Stacks: [describeStack(stack)] };
    }
    const all = (await stacks.list(caller)).filter(({ status }) => status !== 'DELETE_COMPLETE');
    const { items, ...more } = page(all, NextToken, PAGE_SIZE);
    return { Stacks: items.map(describeStack), ...more };
  },
});
