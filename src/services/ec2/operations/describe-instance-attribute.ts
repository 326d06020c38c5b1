import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { shownAttribute } from '../domain/instances/attributes.ts';
import { namedInstance, onInstances } from '../domain/instances/named.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

export const describeInstanceAttribute = operation(model.DescribeInstanceAttribute, {
  authorize: (input, { caller }: Ec2Scope) =>
    onInstances('DescribeInstanceAttribute', [input.InstanceId], caller),
  async handle(input, scope) {
    scope.realize(scope.compute.driver.realization);
    const instance = await namedInstance(input.InstanceId, scope);
    if (!input.Attribute) throw errors.missingParameter('attribute');
    return { InstanceId: instance.id, ...shownAttribute(instance, input.Attribute) };
  },
});
