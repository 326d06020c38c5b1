import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { MachineMissing } from '../../../compute/machine-missing.ts';
import { namedInstance, onInstances } from '../domain/instances/named.ts';
import { realizationOf } from '../domain/machines/realization.ts';
import type { Ec2Scope } from '../scope.ts';

/**
 * The serial console since the last power-on, at most 64 KiB, always the latest: AWS without
 * `Latest` gives what it saw some minutes ago, as of old.
 */
export const getConsoleOutput = operation(model.GetConsoleOutput, {
  authorize: (input, { caller }: Ec2Scope) =>
    onInstances('GetConsoleOutput', [input.InstanceId], caller),
  async handle(input, scope) {
    const { compute, clock } = scope;
    const instance = await namedInstance(input.InstanceId, scope);
    const { id } = instance;
    scope.realize(realizationOf(compute.driver, [instance]));
    const output = await compute.driver.console(id).catch((error: unknown) => {
      if (error instanceof MachineMissing) return undefined;
      throw error;
    });
    return {
      InstanceId: id,
      Timestamp: new Date(clock.now()),
      ...(output && { Output: Buffer.from(output).toString('base64') }),
    };
  },
});
