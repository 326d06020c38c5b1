import { AwsError } from '../../kernel/aws-error.ts';

// SSM answers a missing parameter without a text, as AWS does.
export const parameterNotFound = () => new AwsError('ParameterNotFound', '');

export const parameterVersionNotFound = (name: string, version: string) =>
  new AwsError(
    'ParameterVersionNotFound',
    `Systems Manager could not find version ${version} of ${name}. Verify the version and try again.`,
  );

export const validation = (message: string) => new AwsError('ValidationException', message);

export const invalidNextToken = () =>
  new AwsError('InvalidNextToken', 'The specified token is not valid.');

export const invalidFilter = (message: string) => new AwsError('InvalidFilterKey', message);
