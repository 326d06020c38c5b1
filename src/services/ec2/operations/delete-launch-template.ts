import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { namedTemplate, onTemplate } from '../domain/launch-templates/named.ts';
import { wireTemplate } from '../domain/launch-templates/wire.ts';
import type { Ec2Scope } from '../scope.ts';

/** Deletes all of its versions with it; what was launched from it stays. */
export const deleteLaunchTemplate = operation(model.DeleteLaunchTemplate, {
  authorize: (input, { caller }: Ec2Scope) => onTemplate('DeleteLaunchTemplate', input, caller),
  async handle(input, scope) {
    const { id } = await namedTemplate(input, scope);
    return { LaunchTemplate: wireTemplate(await scope.launchTemplates.remove(scope.caller, id)) };
  },
});
