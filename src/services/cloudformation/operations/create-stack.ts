import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudformation.ts';
import { beginNew, keepTemplate, newOperation, newStack } from '../domain/begin.ts';
import { onStack } from '../domain/permissions.ts';
import { Foresight } from '../domain/preview.ts';
import { propose } from '../domain/proposal.ts';
import { isPartlyRecorded, refuseUnbuiltParameters, settingsOf } from '../domain/settings.ts';
import { alreadyExists } from '../errors.ts';
import type { CloudFormationScope } from '../scope.ts';

export const createStack = operation(model.CreateStack, {
  authorize: onStack('CreateStack'),
  async handle(input, scope: CloudFormationScope) {
    const { stacks, caller, platform, realize } = scope;
    const { StackName: name = '', ClientRequestToken: token } = input;
    refuseUnbuiltParameters(input);
    const settings = settingsOf(input);
    const existing = await stacks.find(caller, name);
    if (existing) {
      if (token !== undefined && existing.operation?.token === token) {
        return { StackId: existing.id };
      }
      throw alreadyExists(name);
    }
    const stack = newStack(scope, name, settings);
    const { lookups } = new Foresight(scope, [], stack);
    const proposal = await propose(scope, input, stack, platform.ids.uuid(), lookups);
    const created = await beginNew(scope, stack, {
      status: 'CREATE_IN_PROGRESS',
      operation: newOperation(scope, stack, { token }),
      change: {
        revision: proposal.revision,
        terminationProtection: input.EnableTerminationProtection === true,
      },
      writes: [keepTemplate(scope, stack, proposal)],
    });
    if (isPartlyRecorded(created)) realize('recorded');
    return { StackId: created.id };
  },
});
