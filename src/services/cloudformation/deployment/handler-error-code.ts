import type { HandlerErrorCode } from '@aws-sdk/client-cloudformation';
import type { AwsError } from '../../../kernel/aws-error.ts';

/** By what services' error codes have in common; the first that fits. */
const codes: readonly (readonly [RegExp, HandlerErrorCode])[] = [
  [/NotFound|DoesNotExist|NoSuch/, 'NotFound'],
  [/AlreadyExists|Duplicate|ResourceInUse/, 'AlreadyExists'],
  [/AccessDenied|Unauthorized|NotAuthorized/, 'AccessDenied'],
  [/Throttl|TooManyRequests|RequestLimitExceeded/, 'Throttling'],
  [/LimitExceeded|InsufficientInstanceCapacity|QuotaExceeded/, 'ServiceLimitExceeded'],
  [/Conflict|DependencyViolation|InUse/, 'ResourceConflict'],
];

/** What kind of failure an operation's refusal is to a resource handler. */
export function handlerErrorCode({ code, fault }: AwsError): HandlerErrorCode {
  if (fault === 'server') return 'ServiceInternalError';
  return codes.find(([pattern]) => pattern.test(code))?.[1] ?? 'InvalidRequest';
}
