import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudformation.ts';
import { describeResource, physicalIdOf } from '../domain/describe.ts';
import { onStack } from '../domain/permissions.ts';
import type { Stack } from '../domain/stack.ts';
import { resourceMissing, stackWithIdMissing, validation } from '../errors.ts';
import type { CloudFormationScope } from '../scope.ts';

/** AWS tells so many and no more: ListStackResources has pages. */
const MAX_RESOURCES = 100;

export const describeStackResources = operation(model.DescribeStackResources, {
  authorize: onStack('DescribeStackResources'),
  async handle(input, scope: CloudFormationScope) {
    const { StackName: name, LogicalResourceId: logicalId, PhysicalResourceId: physical } = input;
    if (name && physical) {
      throw validation('Only one of StackName or PhysicalResourceId may be specified.');
    }
    const stack = await (physical ? stackOf(scope, physical) : namedStack(scope, name));
    const all = await scope.stacks.resources(stack);
    const found = logicalId ? all.filter((each) => each.logicalId === logicalId) : all;
    if (logicalId && found.length === 0) throw resourceMissing(logicalId, name ?? stack.name);
    const StackResources = found.slice(0, MAX_RESOURCES).map((resource) => {
      const { LastUpdatedTimestamp, Metadata: _, ...told } = describeResource(stack, resource);
      return { ...told, Timestamp: LastUpdatedTimestamp };
    });
    return { StackResources };
  },
});

async function namedStack(scope: CloudFormationScope, name: string | undefined): Promise<Stack> {
  if (!name) throw validation('Either StackName or PhysicalResourceId must be specified.');
  const stack = await scope.stacks.find(scope.caller, name);
  if (!stack) throw stackWithIdMissing(name);
  return stack;
}

async function stackOf({ stacks, caller }: CloudFormationScope, physical: string): Promise<Stack> {
  for (const stack of await stacks.list(caller)) {
    const resources = await stacks.resources(stack);
    if (resources.some((each) => physicalIdOf(each) === physical)) return stack;
  }
  throw validation(`Stack for ${physical} does not exist`);
}
