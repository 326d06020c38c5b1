import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { changedInstance } from '../domain/instances/modify.ts';
import { namedInstance, onInstances } from '../domain/instances/named.ts';
import { kinds } from '../domain/resource-kinds.ts';
import type { Ec2Scope } from '../scope.ts';

export const modifyInstanceAttribute = operation(model.ModifyInstanceAttribute, {
  authorize: (input, { caller }: Ec2Scope) =>
    onInstances('ModifyInstanceAttribute', [input.InstanceId], caller),
  async handle(input, scope) {
    const { instances, networks, caller, compute } = scope;
    // No driver filters packets by groups or by address yet.
    const ofNetwork = input.Groups !== undefined || input.SourceDestCheck !== undefined;
    scope.realize(ofNetwork ? 'recorded' : compute.driver.realization);
    const instance = await namedInstance(input.InstanceId, scope);
    const groups = input.Groups?.length ? await networks.list('security-group', caller) : [];
    const after = await instances.update(instance, (now) => changedInstance(now, input, groups));
    if (!after) throw kinds.instance.notFound([instance.id]);
    return {};
  },
});
