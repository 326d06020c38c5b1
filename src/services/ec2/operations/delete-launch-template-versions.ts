import type {
  DeleteLaunchTemplateVersionsResponseErrorItem,
  DeleteLaunchTemplateVersionsResponseSuccessItem,
  ResponseError,
} from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { namedTemplate, onTemplate, versionNumber } from '../domain/launch-templates/named.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

const MAX_VERSIONS = 200;

/** Answers for each version by itself; the default one stays. */
export const deleteLaunchTemplateVersions = operation(model.DeleteLaunchTemplateVersions, {
  authorize: (input, { caller }: Ec2Scope) =>
    onTemplate('DeleteLaunchTemplateVersions', input, caller),
  async handle(input, scope) {
    const { Versions = [] } = input;
    if (Versions.length === 0) throw errors.missingParameter('LaunchTemplateVersion');
    if (Versions.length > MAX_VERSIONS) {
      throw errors.invalidParameter(`At most ${MAX_VERSIONS} versions can be deleted at once.`);
    }
    const template = await namedTemplate(input, scope);
    const numbers = new Set(Versions.map((text) => versionNumber(template, text)));
    const deleted: DeleteLaunchTemplateVersionsResponseSuccessItem[] = [];
    const kept: DeleteLaunchTemplateVersionsResponseErrorItem[] = [];
    for (const number of numbers) {
      const outcome = await scope.launchTemplates.removeVersion(scope.caller, template.id, number);
      const version = {
        LaunchTemplateId: template.id,
        LaunchTemplateName: template.name,
        VersionNumber: number,
      };
      if (outcome === 'gone') deleted.push(version);
      else kept.push({ ...version, ResponseError: refusals[outcome](number, template.id) });
    }
    return {
      SuccessfullyDeletedLaunchTemplateVersions: deleted,
      UnsuccessfullyDeletedLaunchTemplateVersions: kept,
    };
  },
});

const refusals: Readonly<
  Record<'missing' | 'default', (number: number, id: string) => ResponseError>
> = {
  missing: (number, id) => ({
    Code: 'launchTemplateVersionDoesNotExist',
    Message: `Could not find the specified version ${number} for the launch template with ID ${id}.`,
  }),
  // AWS's list of codes has none for this.
  default: (number) => ({
    Code: 'unexpectedError',
    Message: `Version ${number} is the default version of the launch template and cannot be deleted.`,
  }),
};
