import { AwsError } from '../../kernel/aws-error.ts';

export const typeNotFound = (type: string) =>
  new AwsError('TypeNotFoundException', `The type '${type}' cannot be found.`, { status: 404 });

/** A type that AWS has: said so, as `TypeNotFoundException` would send people looking for a typing error. */
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

export const resourceNotFound = (type: string, identifier: string) =>
  new AwsError(
    'ResourceNotFoundException',
    `Resource of type '${type}' with identifier '${identifier}' was not found.`,
    { status: 404 },
  );

export const invalidRequest = (message: string) => new AwsError('InvalidRequestException', message);

/** @param problems as `conform` words them */
export const invalidModel = (problems: readonly string[]) =>
  new AwsError('ValidationException', `Model validation failed (${problems.join(', ')})`);

export const notUpdatable = (kind: 'createOnly' | 'readOnly', properties: readonly string[]) =>
  new AwsError(
    'NotUpdatableException',
    `Invalid patch update: ${kind}Properties [${properties.map((name) => `/properties/${name}`).join(', ')}] cannot be updated`,
  );

export const clientTokenConflict = (token: string) =>
  new AwsError(
    'ClientTokenConflictException',
    `The specified client token ${token} has already been used for a different request.`,
    { status: 409 },
  );

export const concurrentOperation = (type: string, identifier: string) =>
  new AwsError(
    'ConcurrentOperationException',
    `Resource of type '${type}' with identifier '${identifier}' is currently being modified by another operation.`,
    { status: 409 },
  );

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

/** What AWS knows and nothing here acts upon: refused by its name, never ignored. */
export const notBuilt = (what: string) =>
  new AwsError('NotImplemented', `Alacarte does not implement ${what} of Cloud Control yet.`, {
    status: 501,
  });
