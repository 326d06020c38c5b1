import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { withSettings } from '../domain/instances/modify.ts';
import { namedInstance, onInstances } from '../domain/instances/named.ts';
import { oneOf } from '../domain/launch/settings.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Hosts do not fail one by one here, so there is nothing to recover from. */
export const modifyInstanceMaintenanceOptions = operation(model.ModifyInstanceMaintenanceOptions, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    onInstances('ModifyInstanceMaintenanceOptions', [input.InstanceId], caller),
  async handle(input, scope) {
    const instance = await namedInstance(input.InstanceId, scope);
    if (input.RebootMigration === 'disabled') {
      throw errors.unsupported('Alacarte does not keep RebootMigration of an instance yet.');
    }
    const asked = input.AutoRecovery;
    const autoRecovery = asked && oneOf(['default', 'disabled'] as const, asked, 'AutoRecovery');
    const after = await scope.instances.update(instance, (now) =>
      withSettings(now, { autoRecovery: autoRecovery ?? now.settings.autoRecovery }),
    );
    if (!after) throw kinds.instance.notFound([instance.id]);
    return {
      InstanceId: instance.id,
      AutoRecovery: after.settings.autoRecovery,
      RebootMigration: 'default' as const,
    };
  },
});
