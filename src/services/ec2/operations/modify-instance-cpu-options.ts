import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { cpuOptionsAsked, sizedBy, wireCpuOptions } from '../domain/instances/cpu-options.ts';
import { checkStopped } from '../domain/instances/modify.ts';
import { namedInstance, onInstances } from '../domain/instances/named.ts';
import { instanceType } from '../domain/instance-types/instance-types.ts';
import { realizationOf } from '../domain/machines/realization.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Its machine has as many processors when it is started next. */
export const modifyInstanceCpuOptions = operation(model.ModifyInstanceCpuOptions, {
  authorize: ({ InstanceId }, { caller }: Ec2Scope) =>
    onInstances('ModifyInstanceCpuOptions', [InstanceId], caller),
  async handle(input, scope) {
    if (input.NestedVirtualization === 'enabled') {
      throw errors.unsupported(
        'Alacarte does not support NestedVirtualization in ModifyInstanceCpuOptions yet.',
      );
    }
    const instance = await namedInstance(input.InstanceId, scope);
    scope.realize(realizationOf(scope.compute.driver, [instance]));
    const after = await scope.instances.update(instance, (now) => {
      checkStopped(now);
      const options = cpuOptionsAsked(input, instanceType(now.instanceType) ?? {});
      return options ? { ...now, ...sizedBy(options) } : now;
    });
    if (!after) throw kinds.instance.notFound([instance.id]);
    const NestedVirtualization = 'disabled' as const;
    return { InstanceId: after.id, ...wireCpuOptions(after), NestedVirtualization };
  },
});
