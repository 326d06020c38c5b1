import type { RequestLaunchTemplateData } from '@aws-sdk/client-ec2';
import type { Caller } from '../../../../kernel/caller.ts';
import * as errors from '../../errors.ts';
import * as launchErrors from '../../launch-errors.ts';
import { checkUserData } from '../launch/user-data.ts';
import { kinds } from '../resource-kinds.ts';
import { checkTaggedTypes, tagsFor } from '../tags.ts';

const NAME = /^[a-zA-Z0-9().\-/_]{3,128}$/;
const MAX_DESCRIPTION_LENGTH = 255;

/** What a launch from a template may tag. */
const tagged = [
  ...[kinds.instance, kinds.volume, kinds.networkInterface, kinds.spotInstancesRequest],
];

/** @throws MissingParameter, InvalidLaunchTemplateName.MalformedException */
export function checkTemplateName(name: string | undefined): string {
  if (!name) throw errors.missingParameter('LaunchTemplateName');
  if (!NAME.test(name)) throw launchErrors.templateNameMalformed();
  return name;
}

/** @throws InvalidParameterValue */
export function checkDescription(description: string | undefined): void {
  if (description !== undefined && description.length > MAX_DESCRIPTION_LENGTH) {
    throw errors.invalidValue(
      description.slice(0, 20),
      'VersionDescription',
      `At most ${MAX_DESCRIPTION_LENGTH} characters.`,
    );
  }
}

/**
 * Checks what is wrong whatever a launch adds to it. What a template names is looked for by the launch.
 *
 * @throws MissingParameter, InvalidParameterValue, InvalidParameterCombination
 */
export function checkTemplateData(
  data: RequestLaunchTemplateData | undefined,
  caller: Caller,
): RequestLaunchTemplateData {
  if (!data || Object.keys(data).length === 0) throw errors.missingParameter('LaunchTemplateData');
  if (data.InstanceType && data.InstanceRequirements) {
    throw errors.combination('InstanceType and InstanceRequirements cannot be specified together.');
  }
  checkUserData(data.UserData);
  checkTaggedTypes(data.TagSpecifications, tagged);
  for (const kind of tagged) tagsFor(caller, kind, data.TagSpecifications);
  return data;
}
