import { arnOf } from '../../../../kernel/arn.ts';
import * as errors from '../../errors.ts';
import type { Place } from '../place.ts';

export const MAX_NAME_LENGTH = 255;

/** @throws MissingParameter, InvalidParameterValue */
export function checkKeyName(name: string | undefined): string {
  if (!name) throw errors.missingParameter('KeyName');
  // Printable ASCII, as https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateKeyPair.html asks for.
  if (name.length > MAX_NAME_LENGTH || !/^[\x20-\x7e]+$/.test(name)) {
    throw errors.invalidValue(
      name.slice(0, MAX_NAME_LENGTH),
      'KeyName',
      `Character sets beyond ASCII are not supported, and at most ${MAX_NAME_LENGTH} characters.`,
    );
  }
  return name;
}

export function keyPairArn(place: Place, name = '*'): string {
  return arnOf(place, 'ec2', `key-pair/${name}`);
}
