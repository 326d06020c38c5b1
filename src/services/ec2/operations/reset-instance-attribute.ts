import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { changedInstance } from '../domain/instances/modify.ts';
import { namedInstance, onInstances } from '../domain/instances/named.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** No driver holds packets back by their addresses yet. */
export const resetInstanceAttribute = operation(model.ResetInstanceAttribute, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    onInstances('ResetInstanceAttribute', [input.InstanceId], caller),
  async handle(input, scope) {
    const instance = await namedInstance(input.InstanceId, scope);
    if (!input.Attribute) throw errors.missingParameter('attribute');
    if (input.Attribute !== 'sourceDestCheck') {
      throw errors.invalidValue(
        input.Attribute,
        'attribute',
        'Only kernel, ramdisk and sourceDestCheck can be reset, and no instance has the first two.',
      );
    }
    const request = { InstanceId: instance.id, SourceDestCheck: { Value: true } };
    const after = await scope.instances.update(instance, (now) =>
      changedInstance(now, request, { groups: [] }),
    );
    if (!after) throw kinds.instance.notFound([instance.id]);
    return {};
  },
});
