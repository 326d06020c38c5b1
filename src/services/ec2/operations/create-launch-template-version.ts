import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { checkDescription, checkTemplateData } from '../domain/launch-templates/data.ts';
import { namedTemplate, onTemplate, versionNumber } from '../domain/launch-templates/named.ts';
import { wireVersion } from '../domain/launch-templates/wire.ts';
import { refuseMembers } from '../domain/not-built.ts';
import type { Ec2Scope } from '../scope.ts';

/** A further version; whole parameters of the source version are kept where none is given. */
export const createLaunchTemplateVersion = operation(model.CreateLaunchTemplateVersion, {
  authorize: (input, { caller }: Ec2Scope) =>
    onTemplate('CreateLaunchTemplateVersion', input, caller),
  async handle(input, scope) {
    const { caller, clock, launchTemplates } = scope;
    refuseMembers('CreateLaunchTemplateVersion', input, ['ResolveAlias']);
    const given = checkTemplateData(input.LaunchTemplateData, caller);
    checkDescription(input.VersionDescription);
    const { id, ...standing } = await namedTemplate(input, scope);
    const source =
      input.SourceVersion === undefined
        ? undefined
        : versionNumber({ id, ...standing }, input.SourceVersion);
    const before = source && (await launchTemplates.version(caller, id, source)).data;
    const { template, version } = await launchTemplates.addVersion(caller, id, input, {
      data: checkTemplateData({ ...before, ...given }, caller),
      createdAtMs: clock.now(),
      createdBy: caller.principal.arn,
      ...(input.VersionDescription && { description: input.VersionDescription }),
    });
    return { LaunchTemplateVersion: wireVersion(template, version) };
  },
});
