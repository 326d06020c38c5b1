import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { checkStopped, withSettings } from '../domain/instances/modify.ts';
import { namedInstance, onInstances } from '../domain/instances/named.ts';
import { oneOf } from '../domain/launch/settings.ts';
import { kinds } from '../domain/resource-kinds.ts';
import type { Ec2Scope } from '../scope.ts';

/** No resolver answers by these options yet. The host name's type changes while it is stopped only. */
export const modifyPrivateDnsNameOptions = operation(model.ModifyPrivateDnsNameOptions, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    onInstances('ModifyPrivateDnsNameOptions', [input.InstanceId], caller),
  async handle(input, scope) {
    const instance = await namedInstance(input.InstanceId, scope);
    const asked = input.PrivateDnsHostnameType;
    const type =
      asked && oneOf(['ip-name', 'resource-name'] as const, asked, 'PrivateDnsHostnameType');
    const after = await scope.instances.update(instance, (now) => {
      const { hostnameType, aRecord, aaaaRecord } = now.settings.dnsNameOptions;
      if (type && type !== hostnameType) checkStopped(now);
      return withSettings(now, {
        dnsNameOptions: {
          hostnameType: type ?? hostnameType,
          aRecord: input.EnableResourceNameDnsARecord ?? aRecord,
          aaaaRecord: input.EnableResourceNameDnsAAAARecord ?? aaaaRecord,
        },
      });
    });
    if (!after) throw kinds.instance.notFound([instance.id]);
    return { Return: true };
  },
});
