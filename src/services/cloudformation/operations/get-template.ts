import type { TemplateStage } from '@aws-sdk/client-cloudformation';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudformation.ts';
import { onStack } from '../domain/permissions.ts';
import { changeSetNotFound, stackWithIdMissing } from '../errors.ts';
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
    // without transforms a template is processed as it stands; a stack that was only looked at has
    // none, which is an empty one: `cdk deploy` asks for it between its two calls
    const TemplateBody = revision ? await stacks.template(stack, revision.templateId) : '';
    return { TemplateBody, StagesAvailable: ['Original', 'Processed'] as TemplateStage[] };
  },
});
