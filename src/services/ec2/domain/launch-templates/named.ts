import type { Permission } from '../../../../kernel/operation.ts';
import * as launchErrors from '../../launch-errors.ts';
import type { Ec2Scope } from '../../scope.ts';
import { onResource } from '../permission.ts';
import type { Place } from '../place.ts';
import { kinds } from '../resource-kinds.ts';
import type { LaunchTemplateRecord } from './launch-templates.ts';

/** How requests name a template: by exactly one of the two. */
export interface TemplateName {
  readonly LaunchTemplateId?: string | undefined;
  readonly LaunchTemplateName?: string | undefined;
}

/**
 * The template that a request names.
 *
 * @throws MissingParameter, InvalidParameterCombination, InvalidLaunchTemplateId.Malformed,
 * InvalidLaunchTemplateId.NotFound, InvalidLaunchTemplateName.NotFoundException
 */
export async function namedTemplate(
  { LaunchTemplateId: id, LaunchTemplateName: name }: TemplateName,
  { caller, launchTemplates: { inventory } }: Pick<Ec2Scope, 'caller' | 'launchTemplates'>,
): Promise<LaunchTemplateRecord> {
  if (id && name) throw launchErrors.templateNamedTwice();
  if (id) return inventory.find(caller, id);
  if (!name) throw launchErrors.templateNotNamed();
  const found = await inventory.named(caller, name);
  if (!found) throw launchErrors.templateNameNotFound(name);
  return found;
}

/**
 * The number of the version that a text names: `$Latest`, `$Default` or the number itself.
 *
 * @throws InvalidParameterValue
 */
export function versionNumber(template: LaunchTemplateRecord, text: string): number {
  if (text === '$Latest') return template.latestVersion;
  if (text === '$Default') return template.defaultVersion;
  if (!/^[1-9]\d{0,11}$/.test(text)) throw launchErrors.templateVersionMalformed(text);
  return Number(text);
}

/** Leave to do something with a template; its name does not tell which one the ARN is of. */
export function onTemplate(
  action: string,
  { LaunchTemplateId }: TemplateName,
  place: Place,
): Permission {
  return onResource(action, kinds.launchTemplate, LaunchTemplateId, place);
}
