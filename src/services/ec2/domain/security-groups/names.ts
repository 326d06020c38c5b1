import * as errors from '../../errors.ts';

// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
const ALLOWED = /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/;
const WHY = 'Character sets beyond ASCII are not supported.';

/** @throws MissingParameter, InvalidParameterValue */
export function checkGroupName(name: string | undefined): string {
  if (!name) throw errors.missingParameter('GroupName');
  if (name.toLowerCase() === 'default') {
    throw errors.invalidParameter(`Cannot use reserved security group name: ${name}`);
  }
  if (name.startsWith('sg-')) {
    throw errors.invalidValue(name, 'GroupName', 'Group names may not be in the format sg-*.');
  }
  if (!ALLOWED.test(name)) throw errors.invalidValue(name.slice(0, 255), 'GroupName', WHY);
  return name;
}

/** @throws MissingParameter, InvalidParameterValue */
export function checkGroupDescription(description: string | undefined): string {
  if (!description) throw errors.missingParameter('GroupDescription');
  if (!ALLOWED.test(description)) {
    throw errors.invalidValue(description.slice(0, 255), 'GroupDescription', WHY);
  }
  return description;
}
