import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudformation.ts';
import { describeResource } from '../domain/describe.ts';
import { onStack } from '../domain/permissions.ts';
import { resourceMissing, stackForResourcesMissing } from '../errors.ts';
import type { CloudFormationScope } from '../scope.ts';

export const describeStackResource = operation(model.DescribeStackResource, {
  authorize: onStack('DescribeStackResource'),
  async handle(input, { stacks, caller }: CloudFormationScope) {
    const { StackName: name = '', LogicalResourceId: logicalId = '' } = input;
    const stack = await stacks.find(caller, name);
    if (!stack) throw stackForResourcesMissing(name);
    const resources = await stacks.resources(stack);
    const found = resources.find((resource) => resource.logicalId === logicalId);
    if (!found) throw resourceMissing(logicalId, name);
    return { StackResourceDetail: describeResource(stack, found) };
  },
});
