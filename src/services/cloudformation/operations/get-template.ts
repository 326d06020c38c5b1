import type { TemplateStage } from '@aws-sdk/client-cloudformation';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudformation.ts';
import { onStack } from '../domain/permissions.ts';
import { changeSetNotFound, stackWithIdMissing, validation } from '../errors.ts';
import type { CloudFormationScope } from '../scope.ts';

export const getTemplate = operation(model.GetTemplate, {
  authorize: onStack('GetTemplate'),
  async handle(input, { stacks, changeSets, caller }: CloudFormationScope) {
    const { ChangeSetName: named } = input;
    const name = input.StackName || (named?.startsWith('arn:') ? named : '');
    const stack = await stacks.find(caller, name);
    if (!stack) throw stackWithIdMissing(name);
    const changeSet = named && (await changeSets.find(stack, named));
    if (named && !changeSet) throw changeSetNotFound(named);
    const revision = changeSet ? changeSet.revision : stack.revision;
    if (!revision) {
      throw validation(`Template format error: stack ${stack.name} has no template yet`);
    }
    // without transforms a template is processed as it stands
    const TemplateBody = await stacks.template(stack, revision.templateId);
    return { TemplateBody, StagesAvailable: ['Original', 'Processed'] as TemplateStage[] };
  },
});
