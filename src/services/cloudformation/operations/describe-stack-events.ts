import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudformation.ts';
import { tokenNumber } from '../domain/page.ts';
import { onStack } from '../domain/permissions.ts';
import { stackMissing } from '../errors.ts';
import type { CloudFormationScope } from '../scope.ts';

const PAGE_SIZE = 100;

export const describeStackEvents = operation(model.DescribeStackEvents, {
  authorize: onStack('DescribeStackEvents'),
  async handle({ StackName: name = '', NextToken }, { stacks, caller }: CloudFormationScope) {
    const stack = await stacks.find(caller, name);
    if (!stack) throw stackMissing(name);
    const before = Math.min(tokenNumber(NextToken) ?? stack.events, stack.events);
    const StackEvents = await stacks.events.page(stack, before, PAGE_SIZE);
    const left = before - StackEvents.length;
    return { StackEvents, ...(left > 0 && { NextToken: String(left) }) };
  },
});
