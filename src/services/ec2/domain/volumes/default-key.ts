import { arnOf } from '../../../../kernel/arn.ts';
import { AwsError } from '../../../../kernel/aws-error.ts';
import type { Place } from '../place.ts';

/** What encrypts volumes in an account that has never named a key. */
export const AWS_KEY = 'alias/aws/ebs';

const NAME = '(key/[A-Za-z0-9-]{1,36}|alias/[A-Za-z0-9/_-]{1,250})';
const BARE_ID = /^(mrk-[0-9a-f]{32}|[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12})$/;

/**
 * The ARN of a key that a request names by its ID, its alias or its ARN.
 *
 * @throws InvalidParameterValue
 */
export function keyArn(given: string, place: Place): string {
  if (BARE_ID.test(given)) return arnOf(place, 'kms', `key/${given}`);
  if (new RegExp(`^${NAME}$`).test(given)) return arnOf(place, 'kms', given);
  const own = `arn:aws[a-z-]*:kms:${place.region}:[0-9]{12}:`;
  if (new RegExp(`^${own}${NAME}$`).test(given)) return given;
  throw new AwsError('InvalidParameterValue', `The KMS key ID '${given}' is malformed.`);
}
