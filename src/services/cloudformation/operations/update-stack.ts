import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudformation.ts';
import { begin, checkUpdatable, keepTemplate, newOperation } from '../domain/begin.ts';
import { onStack } from '../domain/permissions.ts';
import { changesNothing, Foresight } from '../domain/preview.ts';
import { checkSameTypes, propose } from '../domain/proposal.ts';
import { isPartlyRecorded, refuseUnbuiltParameters, settingsOf } from '../domain/settings.ts';
import { noUpdates, stackMissing } from '../errors.ts';
import type { CloudFormationScope } from '../scope.ts';

export const updateStack = operation(model.UpdateStack, {
  authorize: onStack('UpdateStack'),
  async handle(input, scope: CloudFormationScope) {
    const { stacks, caller, platform, realize } = scope;
    const { StackName: name = '', ClientRequestToken: token } = input;
    refuseUnbuiltParameters(input);
    const stack = await stacks.find(caller, name);
    if (!stack) throw stackMissing(name);
    if (token !== undefined && stack.operation?.token === token) return { StackId: stack.id };
    checkUpdatable(stack);
    const resources = await stacks.resources(stack);
    const foresight = new Foresight(scope, resources, stack);
    const proposal = await propose(scope, input, stack, platform.ids.uuid(), foresight.lookups);
    checkSameTypes(proposal, resources);
    const changes = await foresight.changes(proposal, scope);
    if (await changesNothing(stack, proposal, changes)) throw noUpdates();
    const settings = { ...stack.settings, ...settingsOf(input) };
    const onFailure = input.DisableRollback === true ? 'DO_NOTHING' : 'ROLLBACK';
    const begun = await begin(
      scope,
      stack,
      {
        status: 'UPDATE_IN_PROGRESS',
        operation: newOperation(scope, stack, { token, onFailure }),
        change: { revision: proposal.revision, settings, updatedAtMs: platform.clock.now() },
        writes: [keepTemplate(scope, stack, proposal)],
      },
      checkUpdatable,
    );
    if (isPartlyRecorded(begun)) realize('recorded');
    return { StackId: begun.id };
  },
});
