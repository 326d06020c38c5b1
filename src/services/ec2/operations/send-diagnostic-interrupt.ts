import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { namedInstance, onInstances } from '../domain/instances/named.ts';
import { realizationOf } from '../domain/machines/realization.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/**
 * What comes of it is the guest's business: Linux panics where `kernel.unknown_nmi_panic` says so. A microvm,
 * which cannot say why, has it take the interrupt for a fault: there `kernel.panic_on_unrecovered_nmi` counts.
 */
export const sendDiagnosticInterrupt = operation(model.SendDiagnosticInterrupt, {
  authorize: ({ InstanceId }, { caller }: Ec2Scope) =>
    onInstances('SendDiagnosticInterrupt', [InstanceId], caller),
  async handle({ InstanceId }, scope) {
    const { driver } = scope.compute;
    const instance = await namedInstance(InstanceId, scope);
    scope.realize(realizationOf(driver, [instance]));
    if (instance.state !== 'running') {
      throw errors.incorrectState(`The instance '${instance.id}' is not in the 'running' state.`);
    }
    if (!(await driver.interrupt(instance.id))) {
      throw errors.unsupported(`The instance '${instance.id}' has no kernel of its own.`);
    }
    return {};
  },
});
