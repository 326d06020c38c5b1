import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudformation.ts';
import { describeResource } from '../domain/describe.ts';
import { page } from '../domain/page.ts';
import { onStack } from '../domain/permissions.ts';
import { stackWithIdMissing } from '../errors.ts';
import type { CloudFormationScope } from '../scope.ts';

const PAGE_SIZE = 100;

export const listStackResources = operation(model.ListStackResources, {
  authorize: onStack('ListStackResources'),
  async handle({ StackName: name = '', NextToken }, { stacks, caller }: CloudFormationScope) {
    const stack = await stacks.find(caller, name);
    if (!stack) throw stackWithIdMissing(name);
    const { items, ...more } = page(await stacks.resources(stack), NextToken, PAGE_SIZE);
    const StackResourceSummaries = items.map((resource) => {
      const {
        StackId: _i,
        StackName: _n,
        Metadata: _m,
        ...told
      } = describeResource(stack, resource);
      return told;
    });
    return { StackResourceSummaries, ...more };
  },
});
