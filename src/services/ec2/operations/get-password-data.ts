import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { namedInstance, onInstances } from '../domain/instances/named.ts';
import type { Ec2Scope } from '../scope.ts';

/** Only Windows has an administrator's password; of any other instance AWS gives an empty one. */
export const getPasswordData = operation(model.GetPasswordData, {
  authorize: (input, { caller }: Ec2Scope) =>
    onInstances('GetPasswordData', [input.InstanceId], caller),
  async handle(input, scope) {
    scope.realize(scope.compute.driver.realization);
    const { id, launchedAtMs } = await namedInstance(input.InstanceId, scope);
    return { InstanceId: id, Timestamp: new Date(launchedAtMs), PasswordData: '' };
  },
});
