import { operation } from '../../../kernel/operation.ts';
import { arnOf } from '../../../kernel/arn.ts';
import * as model from '../../../models/generated/cloudformation.ts';
import { checkUpdatable, keepTemplate, newStack, USER } from '../domain/begin.ts';
import type { ChangeSet } from '../domain/change-sets.ts';
import { changeOf } from '../domain/foreseen-wire.ts';
import { onStack } from '../domain/permissions.ts';
import { changesNothing, Foresight } from '../domain/preview.ts';
import { checkSameTypes, propose } from '../domain/proposal.ts';
import { refuseUnbuiltParameters, settingsOf } from '../domain/settings.ts';
import type { Stack } from '../domain/stack.ts';
import { ofStack } from '../domain/stacks.ts';
import * as errors from '../errors.ts';
import type { CloudFormationScope } from '../scope.ts';

const NO_CHANGES =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

export const createChangeSet = operation(model.CreateChangeSet, {
  authorize: onStack('CreateChangeSet'),
  async handle(input, scope: CloudFormationScope) {
    const { stacks, changeSets, caller, platform } = scope;
    const { StackName: stackName = '', ChangeSetName: name = '', ClientToken: token } = input;
    const { ChangeSetType: kind = 'UPDATE' } = input;
    if (kind === 'IMPORT') throw errors.notBuilt('the ChangeSetType IMPORT');
    refuseUnbuiltParameters(input);
    const existing = await stacks.find(caller, stackName);
    checkStack(existing, stackName, kind);
    const stack = existing ?? newStack(scope, stackName, {});
    const same = await changeSets.find(stack, name);
    if (same && token !== undefined && same.token === token) {
      return { Id: same.id, StackId: stack.id };
    }
    if (same) throw errors.changeSetExists(name);

    const uuid = platform.ids.uuid();
    const resources = await stacks.resources(stack);
    const foresight = new Foresight(scope, resources, stack);
    const proposal = await propose(scope, input, stack, uuid, foresight.lookups);
    checkSameTypes(proposal, resources);
    const changes = await foresight.changes(proposal, scope);
    const nothing = kind === 'UPDATE' && (await changesNothing(stack, proposal, changes));
    const changeSet: ChangeSet = {
      id: arnOf(caller, 'cloudformation', `changeSet/${name}/${uuid}`),
      ...{ name, kind, stackId: stack.id, createdAtMs: platform.clock.now() },
      ...(nothing
        ? { status: 'FAILED', statusReason: NO_CHANGES, executionStatus: 'UNAVAILABLE' }
        : { status: 'CREATE_COMPLETE', executionStatus: 'AVAILABLE' }),
      ...(input.Description !== undefined && { description: input.Description }),
      ...(token !== undefined && { token }),
      revision: proposal.revision,
      settings: settingsOf(input),
      changes: changes.map(changeOf),
    };
    const writes = [changeSets.put(stack, changeSet), keepTemplate(scope, stack, proposal)];
    if (existing) await stacks.record(stack, (now) => ({ stack: now, writes }));
    else {
      const review: Stack = { ...stack, statusReason: USER };
      await stacks.create({ stack: review, happenings: [ofStack(review)], writes });
    }
    return { Id: changeSet.id, StackId: stack.id };
  },
});

/** A CREATE is for a stack that is not there, or was only looked at; an UPDATE for any other. */
function checkStack(stack: Stack | undefined, name: string, kind: 'CREATE' | 'UPDATE'): void {
  if (kind === 'CREATE') {
    if (stack && stack.status !== 'REVIEW_IN_PROGRESS') {
      throw errors.validation(
        `Stack [${name}] already exists and cannot be created again with the changeSet [CREATE].`,
      );
    }
    return;
  }
  if (!stack) throw errors.stackMissing(name);
  checkUpdatable(stack);
}
