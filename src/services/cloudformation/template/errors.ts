import { AwsError } from '../../../kernel/aws-error.ts';

/** Every refusal of a template has this code; the texts tell them apart. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message);
}

/** @example formatError('At least one Resources member must be defined.') */
export function formatError(message: string): AwsError {
  return validationError(`Template format error: ${message}`);
}

/** @example templateError('variable names in Fn::Sub syntax must contain only alphanumeric characters, …') */
export function templateError(message: string): AwsError {
  return validationError(`Template error: ${message}`);
}

/** @param what e.g. `the transform AWS::Serverless-2016-10-31` */
export function notBuilt(what: string): AwsError {
  return new AwsError('NotImplemented', `Alacarte does not implement ${what} yet.`, {
    status: 501,
  });
}
