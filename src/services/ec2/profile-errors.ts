import { AwsError } from '../../kernel/aws-error.ts';

export function nameAndArn(): AwsError {
  return new AwsError(
    'InvalidParameterCombination',
    "The parameter 'iamInstanceProfile.name' may not be used in combination with 'iamInstanceProfile.arn'",
  );
}

/** @param what `name` or `ARN` */
export function invalidProfile(parameter: string, value: string, what: string): AwsError {
  return new AwsError(
    'InvalidParameterValue',
    `Value (${value}) for parameter iamInstanceProfile.${parameter} is invalid. Invalid IAM Instance Profile ${what}`,
  );
}

export function associationExists(instanceId: string): AwsError {
  return new AwsError(
    'IncorrectState',
    `There is an existing association for instance ${instanceId}`,
  );
}

export function cannotBeAssociated(instanceId: string): AwsError {
  return new AwsError(
    'IncorrectState',
    `The instance '${instanceId}' is not in a state in which it can have an IAM instance profile.`,
  );
}

export function noSuchAssociation(associationIds: readonly string[]): AwsError {
  return new AwsError(
    'NoSuchAssociation',
    `An invalid association-id of '${associationIds.join(', ')}' was given`,
  );
}
