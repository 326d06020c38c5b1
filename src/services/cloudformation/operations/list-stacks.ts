import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudformation.ts';
import { summarizeStack } from '../domain/describe.ts';
import { page } from '../domain/page.ts';
import type { CloudFormationScope } from '../scope.ts';

const PAGE_SIZE = 100;

export const listStacks = operation(model.ListStacks, {
  async handle({ StackStatusFilter: wanted, NextToken }, { stacks, caller }: CloudFormationScope) {
    const all = await stacks.list(caller);
    const found = wanted?.length ? all.filter(({ status }) => wanted.includes(status)) : all;
    const { items, ...more } = page(found, NextToken, PAGE_SIZE);
    return { StackSummaries: items.map(summarizeStack), ...more };
  },
});
