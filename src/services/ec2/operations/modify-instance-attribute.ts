import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { newType } from '../domain/instances/change-type.ts';
import { byMember, changedInstance } from '../domain/instances/modify.ts';
import { changeDevices } from '../domain/instances/change-devices.ts';
import type { Instance } from '../domain/instances/instance.ts';
import { namedInstance, onInstances } from '../domain/instances/named.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { putToUse } from '../domain/network/put-to-use.ts';
import { realizationOf } from '../domain/machines/realization.ts';
import type { Ec2Scope } from '../scope.ts';

export const modifyInstanceAttribute = operation(model.ModifyInstanceAttribute, {
  authorize: (input, { caller }: Ec2Scope) =>
    onInstances('ModifyInstanceAttribute', [input.InstanceId], caller),
  async handle(input, scope) {
    const { instances, networks, caller, compute } = scope;
    const request = byMember(input);
    const ofNetwork = request.Groups !== undefined || request.SourceDestCheck !== undefined;
    const instance = await namedInstance(request.InstanceId, scope);
    scope.realize(ofNetwork ? 'recorded' : realizationOf(compute.driver, [instance]));
    if (request.BlockDeviceMappings?.length) {
      await changeDevices(instance, request, scope);
      return {};
    }
    const type = request.InstanceType?.Value;
    const around = {
      groups: request.Groups?.length ? await networks.list('security-group', caller) : [],
      newType: type === undefined ? undefined : await newType(type, instance, scope),
    };
    const change = (now: Instance) => changedInstance(now, request, around);
    const groups = [...new Set(request.Groups)].map((id) => ({
      type: 'security-group' as const,
      id,
    }));
    const after = await instances.update(instance, change, putToUse(networks, caller, groups));
    if (!after) throw kinds.instance.notFound([instance.id]);
    return {};
  },
});
