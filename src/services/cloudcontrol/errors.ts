import { AwsError } from '../../kernel/aws-error.ts';
import type { HandlerErrorCode } from '../../kernel/handler-error-code.ts';

export const typeNotFound = (type: string) =>
  new AwsError('TypeNotFoundException', `The type '${type}' cannot be found.`, { status: 404 });

/** A type that AWS has: `TypeNotFoundException` would send people looking for a typing error. */
export const typeNotBuilt = (type: string) =>
  new AwsError('NotImplemented', `Alacarte does not implement the resource type ${type} yet.`, {
    status: 501,
  });

export const unsupportedAction = (type: string, action: string) =>
  new AwsError(
    'UnsupportedActionException',
    `Resource type ${type} does not support ${action} action`,
    {
      status: 405,
    },
  );

export const invalidRequest = (message: string) => new AwsError('InvalidRequestException', message);

/** As AWS lists what is wrong with a model, e.g. `#: required key [Value] not found`. */
export const invalidModel = (problems: readonly string[]) =>
  new AwsError('ValidationException', `Model validation failed (${problems.join('\n')})`);

export const notUpdatable = (kind: 'createOnly' | 'readOnly', properties: readonly string[]) =>
  new AwsError(
    'NotUpdatableException',
    `Invalid patch update: ${kind}Properties [${properties.map((name) => `/properties/${name}`).join(', ')}] cannot be updated`,
  );

export const invalidNextToken = () => invalidRequest('The specified NextToken is not valid.');

export const requestTokenNotFound = (token: string) =>
  new AwsError('RequestTokenNotFoundException', `Request with token ${token} was not found`, {
    status: 404,
  });

export const alreadyEnded = (token: string, status: string) =>
  new AwsError(
    'ConcurrentModificationException',
    `The request ${token} can not be cancelled in state ${status}.`,
    { status: 500 },
  );

export const clientTokenConflict = (token: string) =>
  new AwsError(
    'ClientTokenConflictException',
    `The client token ${token} has already been used in another resource request.`,
    { status: 409 },
  );

export const concurrentOperation = (type: string, identifier: string) =>
  new AwsError(
    'ConcurrentOperationException',
    `Another operation on the resource of type ${type} with identifier ${identifier} is in progress.`,
    { status: 409 },
  );

/** What a resource handler's failure is to a caller who waits for the answer. */
export function handlerFailed(
  type: string,
  code: HandlerErrorCode,
  message: string,
  token: string,
): AwsError {
  // observed: "AWS::X::Y Handler returned status FAILED: null (HandlerErrorCode: NotFound, RequestToken: …)"
  const text = `${type} Handler returned status FAILED: ${message || 'null'} (HandlerErrorCode: ${code}, RequestToken: ${token})`;
  const { name, status } = exceptions[code] ?? { name: 'GeneralServiceException', status: 400 };
  return new AwsError(name, text, { status });
}

const exceptions: Partial<Record<HandlerErrorCode, { name: string; status: number }>> = {
  NotFound: { name: 'ResourceNotFoundException', status: 404 },
  AlreadyExists: { name: 'AlreadyExistsException', status: 400 },
  AccessDenied: { name: 'AccessDeniedException', status: 400 },
  InvalidRequest: { name: 'InvalidRequestException', status: 400 },
  ResourceConflict: { name: 'ResourceConflictException', status: 409 },
  ServiceInternalError: { name: 'ServiceInternalErrorException', status: 502 },
  ServiceLimitExceeded: { name: 'ServiceLimitExceededException', status: 400 },
  Throttling: { name: 'ThrottlingException', status: 429 },
};
