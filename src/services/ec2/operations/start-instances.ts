import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { hostsForStart } from '../domain/hosts/start.ts';
import { checkRoom } from '../domain/launch/capacity.ts';
import type { Instance } from '../domain/instances/instance.ts';
import { checkReservations } from '../domain/capacity-reservations/reserve.ts';
import { namedInstances, onInstances } from '../domain/instances/named.ts';
import { stateChanges, transition } from '../domain/instances/transition.ts';
import { realizationOf } from '../domain/machines/realization.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Starting what runs succeeds and changes nothing, as on AWS. */
export const startInstances = operation(model.StartInstances, {
  authorize: (input, { caller }: Ec2Scope) =>
    onInstances('StartInstances', input.InstanceIds, caller),
  async handle(input, scope) {
    const { workflows, orders, ids, clock } = scope;
    const named = await namedInstances(input.InstanceIds, scope);
    await checkReservations(named, scope);
    await checkRoom(named, scope);
    const placed = await hostsForStart(named, scope);
    const orderIds = new Map((input.InstanceIds ?? []).map((id) => [id, ids.uuid()]));
    const changed = await transition(
      input.InstanceIds,
      scope,
      (instance) => pending(instance, clock.now(), placed.get(instance.id)),
      ({ account, region, id }) => [
        workflows.order(orders.start, orderIds.get(id)!, { account, region, id }),
      ],
    );
    const instances = changed.map(({ after }) => after);
    scope.realize(realizationOf(scope.compute.driver, instances));
    for (const { before, after } of changed) {
      if (before !== after) workflows.start(orders.start, orderIds.get(after.id)!);
    }
    return { StartingInstances: stateChanges(changed) };
  },
});

/** @throws InvalidParameterValue */
function checkHasRoot({ id, volumes, rootDeviceName }: Instance): void {
  const [root] = volumes;
  if (root && !root.moving) return;
  throw errors.invalidParameter(
    `Invalid value '${id}' for instanceId. Instance does not have a volume attached at root (${rootDeviceName})`,
  );
}

function pending(instance: Instance, nowMs: number, host = instance.host): Instance {
  if (instance.state === 'running' || instance.state === 'pending') return instance;
  if (instance.state !== 'stopped') {
    throw errors.incorrectState(
      `The instance '${instance.id}' is not in a state from which it can be started.`,
    );
  }
  checkHasRoot(instance);
  const { stateReason: _, ...kept } = instance;
  return {
    ...kept,
    state: 'pending',
    transitionReason: '',
    launchedAtMs: nowMs,
    ...(host && { host }),
  };
}
