import type { AwsError } from './aws-error.ts';

/**
 * What kind of failure a refusal is to a resource handler. CloudFormation's events and Cloud
 * Control's progress events name it.
 * https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract-errors.html
 */
export type HandlerErrorCode =
  | 'NotFound'
  | 'AlreadyExists'
  | 'AccessDenied'
  | 'Throttling'
  | 'ServiceLimitExceeded'
  | 'ResourceConflict'
  | 'ServiceInternalError'
  | 'InvalidRequest'
  | 'InternalFailure';

/** By what services' error codes have in common; the first that fits. */
const codes: readonly (readonly [RegExp, HandlerErrorCode])[] = [
  [/NotFound|DoesNotExist|NoSuch/, 'NotFound'],
  [/AlreadyExists|Duplicate|ResourceInUse/, 'AlreadyExists'],
  [/AccessDenied|Unauthorized|NotAuthorized/, 'AccessDenied'],
  [/Throttl|TooManyRequests|RequestLimitExceeded/, 'Throttling'],
  [/LimitExceeded|InsufficientInstanceCapacity|QuotaExceeded/, 'ServiceLimitExceeded'],
  [/Conflict|DependencyViolation|InUse/, 'ResourceConflict'],
];

export function handlerErrorCode({ code, fault }: AwsError): HandlerErrorCode {
  if (fault === 'server') return 'ServiceInternalError';
  return codes.find(([pattern]) => pattern.test(code))?.[1] ?? 'InvalidRequest';
}
