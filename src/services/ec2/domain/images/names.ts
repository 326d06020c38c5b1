import * as errors from '../../errors.ts';
import { imageNameMalformed } from '../../snapshot-errors.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateImage.html */
const NAME = /^[A-Za-z0-9()[\] ./\-'@_]{3,128}$/;

/** @throws MissingParameter, InvalidAMIName.Malformed */
export function checkName(name: string | undefined): string {
  if (!name) throw errors.missingParameter('name');
  if (!NAME.test(name)) throw imageNameMalformed();
  return name;
}
