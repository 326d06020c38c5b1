import type { AnyOperation } from '../../kernel/operation.ts';
import { createLaunchTemplateVersion } from './operations/create-launch-template-version.ts';
import { createLaunchTemplate } from './operations/create-launch-template.ts';
import { deleteLaunchTemplateVersions } from './operations/delete-launch-template-versions.ts';
import { deleteLaunchTemplate } from './operations/delete-launch-template.ts';
import { describeLaunchTemplateVersions } from './operations/describe-launch-template-versions.ts';
import { describeLaunchTemplates } from './operations/describe-launch-templates.ts';
import { getLaunchTemplateData } from './operations/get-launch-template-data.ts';
import { modifyLaunchTemplate } from './operations/modify-launch-template.ts';
import type { Ec2Scope } from './scope.ts';

/** What launches are made from and where they are placed. */
export const launchOperations: readonly AnyOperation<Ec2Scope>[] = [
  createLaunchTemplate,
  createLaunchTemplateVersion,
  deleteLaunchTemplate,
  deleteLaunchTemplateVersions,
  describeLaunchTemplateVersions,
  describeLaunchTemplates,
  getLaunchTemplateData,
  modifyLaunchTemplate,
];
