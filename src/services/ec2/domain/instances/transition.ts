import type { InstanceStateChange } from '@aws-sdk/client-ec2';
import { set, transact } from '../../../../storage/records.ts';
import type { Write } from '../../../../storage/engine.ts';
import type { Ec2Scope } from '../../scope.ts';
import type { Instance } from './instance.ts';
import { namedInstances } from './named.ts';
import { wireState } from './states.ts';
import { kinds } from '../resource-kinds.ts';

export interface Transition {
  readonly before: Instance;
  readonly after: Instance;
}

/**
 * Changes the state of several instances in one durable step: all of them, or none where one
 * cannot be changed.
 *
 * @param change the instance as it shall be; the same one where there is nothing to do; throws AWS's error
 * @param more further writes of the same step, for those that did change
 */
export async function transition(
  ids: readonly string[] | undefined,
  scope: Ec2Scope,
  change: (instance: Instance) => Instance,
  more: (instance: Instance) => readonly Write[] = () => [],
): Promise<Transition[]> {
  const named = await namedInstances(ids, scope);
  const slots = named.map((instance) => scope.instances.at(instance));
  return transact(scope.store, slots, (...present) => {
    const transitions = present.map((before, at): Transition => {
      if (!before) throw kinds.instance.notFound([named[at]!.id]);
      return { before, after: change(before) };
    });
    const writes = transitions.flatMap(({ before, after }, at) =>
      after === before ? [] : [set(slots[at]!, after), ...more(after)],
    );
    return { writes, result: transitions };
  });
}

export function stateChanges(transitions: readonly Transition[]): InstanceStateChange[] {
  return transitions.map(({ before, after }) => ({
    InstanceId: after.id,
    CurrentState: wireState(after.state),
    PreviousState: wireState(before.state),
  }));
}
