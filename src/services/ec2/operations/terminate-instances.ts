import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Instance } from '../domain/instances/instance.ts';
import { onInstances } from '../domain/instances/named.ts';
import { reasons, userInitiatedAt } from '../domain/instances/states.ts';
import { stateChanges, transition } from '../domain/instances/transition.ts';
import { realizationOf } from '../domain/machines/realization.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Terminating what is terminated succeeds and changes nothing, as on AWS. */
export const terminateInstances = operation(model.TerminateInstances, {
  authorize: (input, { caller }: Ec2Scope) =>
    onInstances('TerminateInstances', input.InstanceIds, caller),
  async handle(input, scope) {
    const changed = await transition(input.InstanceIds, scope, (instance) =>
      shuttingDown(instance, scope.clock.now()),
    );
    const instances = changed.map(({ after }) => after);
    scope.realize(realizationOf(scope.compute.driver, instances));
    for (const instance of instances) scope.controller.look(instance);
    return { TerminatingInstances: stateChanges(changed) };
  },
});

function shuttingDown(instance: Instance, nowMs: number): Instance {
  if (instance.state === 'terminated' || instance.state === 'shutting-down') return instance;
  if (instance.settings.disableApiTermination) {
    throw errors.notPermitted(
      `The instance '${instance.id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
    );
  }
  return {
    ...instance,
    state: 'shutting-down',
    stateReason: reasons.userInitiated,
    transitionReason: userInitiatedAt(nowMs),
  };
}
