import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudformation.ts';
import { knownTypes } from '../domain/known-types.ts';
import { givenBody } from '../domain/proposal.ts';
import { onStack } from '../domain/permissions.ts';
import { stackWithIdMissing, validation } from '../errors.ts';
import type { CloudFormationScope } from '../scope.ts';
import { checkTypes } from '../template/check.ts';
import { parseTemplate } from '../template/parse.ts';
import { summarize } from '../template/summary.ts';

export const getTemplateSummary = operation(model.GetTemplateSummary, {
  authorize: onStack('GetTemplateSummary'),
  async handle(input, { stacks, caller }: CloudFormationScope) {
    const { StackName: name } = input;
    const given = givenBody(input);
    if ((given === undefined) === (name === undefined)) {
      throw validation('Specify exactly one of StackName, TemplateBody and TemplateURL.');
    }
    const stack = name === undefined ? undefined : await stacks.find(caller, name);
    if (name !== undefined && !stack?.revision) throw stackWithIdMissing(name);
    const body = given ?? (await stacks.template(stack!, stack!.revision!.templateId));
    const template = await parseTemplate(body);
    checkTypes(template, knownTypes);
    return summarize(template);
  },
});
