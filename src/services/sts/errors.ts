import { AwsError } from '../../kernel/aws-error.ts';

/** Temporary credentials cannot be exchanged for further ones by this operation. */
export function sessionTokenWithSessionCredentials(): AwsError {
  return new AwsError('AccessDenied', 'Cannot call GetSessionToken with session credentials', {
    status: 403,
  });
}

export function unknownAccessKey(): AwsError {
  return new AwsError('ValidationError', 'Invalid access key ID', { status: 400 });
}

export function multiFactorNotImplemented(): AwsError {
  return new AwsError('NotImplemented', 'Alacarte does not implement multi-factor devices yet.', {
    status: 501,
  });
}
