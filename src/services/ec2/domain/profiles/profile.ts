import { createHash } from 'node:crypto';
import type { IamInstanceProfileSpecification } from '@aws-sdk/client-ec2';
import { partitionOf } from '../../../../kernel/arn.ts';
import * as errors from '../../errors.ts';
import * as profileErrors from '../../profile-errors.ts';
import type { Place } from '../place.ts';

/** The instance profile that an instance has. */
export interface InstanceProfile {
  readonly arn: string;
  /** When its instance got it, in milliseconds since the epoch. */
  readonly associatedAtMs: number;
  /** e.g. `iip-assoc-0dbd8529a48294120` */
  readonly associationId: string;
}

const NAME = /^[\w+=,.@-]{1,128}$/;
const ARN = /^arn:aws[a-z-]*:iam::\d{12}:instance-profile\/(?:[!-.0-~]+\/)*[\w+=,.@-]{1,128}$/;

/**
 * The ARN of the profile that a request names; undefined where it names none. IAM is not here to say
 * which there are: one that is named is taken to be there.
 *
 * @throws InvalidParameterCombination, InvalidParameterValue
 */
export function profileArn(
  asked: IamInstanceProfileSpecification | undefined,
  { account, region }: Place,
): string | undefined {
  // An empty text is how templates and Terraform say none.
  const { Arn, Name } = asked ?? {};
  if (Arn && Name) throw profileErrors.nameAndArn();
  if (Arn) {
    if (!ARN.test(Arn)) throw profileErrors.invalidProfile('arn', Arn, 'ARN');
    return Arn;
  }
  if (!Name) return undefined;
  if (!NAME.test(Name)) throw profileErrors.invalidProfile('name', Name, 'name');
  return `arn:${partitionOf(region)}:iam::${account}:instance-profile/${Name}`;
}

/** @throws as `profileArn`, and MissingParameter where none is named */
export function requiredProfileArn(
  asked: IamInstanceProfileSpecification | undefined,
  place: Place,
): string {
  const arn = profileArn(asked, place);
  if (arn === undefined) throw errors.missingParameter('IamInstanceProfile');
  return arn;
}

/** The name in a profile's ARN. Its one role is taken to have it too, as AWS's console makes them. */
export function profileName(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

export function wireProfile({ arn }: Pick<InstanceProfile, 'arn'>) {
  return { Arn: arn, Id: uniqueId('AIPA', arn) };
}

/**
 * IAM's unique ID of something: always the same for the same ARN.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 *
 * @param kind `AIPA` for a profile, `AROA` for a role
 */
export function uniqueId(kind: 'AIPA' | 'AROA', arn: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const digest = createHash('sha256').update(arn).digest();
  return kind + Array.from(digest.subarray(0, 17), (byte) => letters[byte % 32]).join('');
}
