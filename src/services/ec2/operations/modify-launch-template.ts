import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { namedTemplate, onTemplate, versionNumber } from '../domain/launch-templates/named.ts';
import { wireTemplate } from '../domain/launch-templates/wire.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Says which version is the default. */
export const modifyLaunchTemplate = operation(model.ModifyLaunchTemplate, {
  authorize: (input, { caller }: Ec2Scope) => onTemplate('ModifyLaunchTemplate', input, caller),
  async handle(input, scope) {
    if (!input.DefaultVersion) throw errors.missingParameter('SetDefaultVersion');
    const template = await namedTemplate(input, scope);
    const number = versionNumber(template, input.DefaultVersion);
    const changed = await scope.launchTemplates.setDefault(scope.caller, template.id, number);
    return { LaunchTemplate: wireTemplate(changed) };
  },
});
