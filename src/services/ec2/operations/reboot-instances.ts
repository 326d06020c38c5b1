import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { transact } from '../../../storage/records.ts';
import { namedInstances, onInstances } from '../domain/instances/named.ts';
import { realizationOf } from '../domain/machines/realization.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Orders the restarts and answers; the instances stay `running`. */
export const rebootInstances = operation(model.RebootInstances, {
  authorize: (input, { caller }: Ec2Scope) =>
    onInstances('RebootInstances', input.InstanceIds, caller),
  async handle(input, scope) {
    const { store, workflows, orders, ids, compute } = scope;
    const named = await namedInstances(input.InstanceIds, scope);
    scope.realize(realizationOf(compute.driver, named));
    for (const { id, state } of named) {
      if (state !== 'running') {
        throw errors.incorrectState(
          `This instance '${id}' is not in a state from which it can be rebooted.`,
        );
      }
    }
    const placed = named.map(({ account, region, id }) => ({
      orderId: ids.uuid(),
      ref: { account, region, id },
    }));
    const writes = placed.map(({ orderId, ref }) => workflows.order(orders.reboot, orderId, ref));
    await transact(store, [], () => ({ writes, result: undefined }));
    for (const { orderId } of placed) workflows.start(orders.reboot, orderId);
    return {};
  },
});
