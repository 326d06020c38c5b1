import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import {
  checkDescription,
  checkTemplateData,
  checkTemplateName,
} from '../domain/launch-templates/data.ts';
import { onTemplate } from '../domain/launch-templates/named.ts';
import { wireTemplate } from '../domain/launch-templates/wire.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import type { Ec2Scope } from '../scope.ts';

/** A template in its first version. */
export const createLaunchTemplate = operation(model.CreateLaunchTemplate, {
  authorize: (_, { caller }: Ec2Scope) => onTemplate('CreateLaunchTemplate', {}, caller),
  async handle(input, { caller, ids, clock, launchTemplates, tags }) {
    refuseMembers('CreateLaunchTemplate', input, ['Operator']);
    const name = checkTemplateName(input.LaunchTemplateName);
    const data = checkTemplateData(input.LaunchTemplateData, caller);
    checkDescription(input.VersionDescription);
    const given = tagsOfNew(caller, kinds.launchTemplate, input.TagSpecifications);
    const made = { createdAtMs: clock.now(), createdBy: caller.principal.arn };
    const template = await launchTemplates.create(
      caller,
      input,
      { id: ids.resource('lt'), name, ...made, defaultVersion: 1, latestVersion: 1 },
      {
        ...{ number: 1, data, ...made },
        ...(input.VersionDescription && { description: input.VersionDescription }),
      },
      given,
    );
    const Tags = wireTags(await tags.get(caller, template.id));
    return { LaunchTemplate: { ...wireTemplate(template), ...(Tags.length > 0 && { Tags }) } };
  },
});
