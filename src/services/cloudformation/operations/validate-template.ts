import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudformation.ts';
import { knownTypes } from '../domain/known-types.ts';
import { givenBody } from '../domain/proposal.ts';
import { validation } from '../errors.ts';
import type { CloudFormationScope } from '../scope.ts';
import { checkTypes } from '../template/check.ts';
import { parseTemplate } from '../template/parse.ts';
import { summarize } from '../template/summary.ts';

export const validateTemplate = operation(model.ValidateTemplate, {
  async handle(input, _scope: CloudFormationScope) {
    const body = givenBody(input);
    if (body === undefined) {
      throw validation('Either Template URL or Template Body must be specified.');
    }
    const template = await parseTemplate(body);
    checkTypes(template, knownTypes);
    const { Parameters, Description, Capabilities, CapabilitiesReason, DeclaredTransforms } =
      summarize(template);
    return {
      Parameters: Parameters?.map(({ ParameterKey, DefaultValue, NoEcho, Description: text }) => ({
        ...{ ParameterKey, DefaultValue, NoEcho, Description: text },
      })),
      ...{ Description, Capabilities, CapabilitiesReason, DeclaredTransforms },
    };
  },
});
