import type { LaunchTemplate } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { wireTemplate } from '../domain/launch-templates/wire.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import * as launchErrors from '../launch-errors.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<LaunchTemplate> = {
  'create-time': (template) => template.CreateTime,
  'launch-template-name': (template) => template.LaunchTemplateName,
};

export const describeLaunchTemplates = operation(model.DescribeLaunchTemplates, {
  async handle(input, { caller, launchTemplates: { inventory }, tags }: Ec2Scope) {
    const shown = (await inventory.list(caller)).map(wireTemplate);
    const all = await tags.join(caller, shown, (template) => template.LaunchTemplateId);
    const names = new Set(input.LaunchTemplateNames);
    for (const name of names) {
      if (!all.some((template) => template.LaunchTemplateName === name)) {
        throw launchErrors.templateNameNotFound(name);
      }
    }
    const named =
      names.size === 0 ? all : all.filter((each) => names.has(each.LaunchTemplateName ?? ''));
    const { found, NextToken } = select(named, input, {
      id: (template) => template.LaunchTemplateId,
      ids: { kind: kinds.launchTemplate, given: input.LaunchTemplateIds },
      filters,
      page: { min: 1, max: 200 },
    });
    return { LaunchTemplates: found, NextToken };
  },
});
