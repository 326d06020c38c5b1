import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Instance } from '../domain/instances/instance.ts';
import { onInstances } from '../domain/instances/named.ts';
import { reasons, userInitiatedAt } from '../domain/instances/states.ts';
import { stateChanges, transition } from '../domain/instances/transition.ts';
import { realizationOf } from '../domain/machines/realization.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';
import * as spotErrors from '../spot-errors.ts';

/** Stopping what is stopped or stopping succeeds and changes nothing, as on AWS. */
export const stopInstances = operation(model.StopInstances, {
  authorize: (input, { caller }: Ec2Scope) =>
    onInstances('StopInstances', input.InstanceIds, caller),
  async handle(input, scope) {
    if (input.Hibernate) {
      throw errors.unsupported('Alacarte does not hibernate instances.');
    }
    const changed = await transition(input.InstanceIds, scope, (instance) =>
      stopping(instance, scope.clock.now()),
    );
    const instances = changed.map(({ after }) => after);
    scope.realize(realizationOf(scope.compute.driver, instances));
    for (const instance of instances) scope.controller.look(instance);
    return { StoppingInstances: stateChanges(changed) };
  },
});

function stopping(instance: Instance, nowMs: number): Instance {
  if (instance.state === 'stopped' || instance.state === 'stopping') return instance;
  if (instance.state !== 'running') {
    throw errors.incorrectState(
      `This instance '${instance.id}' is not in a state from which it can be stopped.`,
    );
  }
  if (instance.settings.disableApiStop) {
    throw errors.notPermitted(
      `The instance '${instance.id}' may not be stopped. Modify its 'disableApiStop' instance attribute and try again.`,
    );
  }
  if (instance.spot && !instance.spot.isPersistent) throw spotErrors.cannotStop(instance.id);
  return {
    ...instance,
    state: 'stopping',
    stateReason: reasons.userInitiated,
    transitionReason: userInitiatedAt(nowMs),
  };
}
