import { AwsError } from '../../kernel/aws-error.ts';

// SSM answers a missing parameter without a text, as AWS does.
export const parameterNotFound = () => new AwsError('ParameterNotFound', '');

export const parameterVersionNotFound = (name: string, version: string) =>
  new AwsError(
    'ParameterVersionNotFound',
    `Systems Manager could not find version ${version} of ${name}. Verify the version and try again.`,
  );

export const parameterAlreadyExists = () =>
  new AwsError(
    'ParameterAlreadyExists',
    'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
  );

export const tooManyVersions = (name: string, oldest: number) =>
  new AwsError(
    'ParameterMaxVersionLimitExceeded',
    `You attempted to create a new version of ${name} by calling the PutParameter API with the overwrite flag. Version ${oldest}, the oldest version, can't be deleted because it has a label associated with it. Move the label to another version of the parameter, and try again.`,
  );

export const tooManyLabels = (limit: number) =>
  new AwsError(
    'ParameterVersionLabelLimitExceeded',
    `A parameter version can have a maximum of ${limit} labels.`,
  );

export const validation = (message: string) => new AwsError('ValidationException', message);

export const reservedName = (name: string) =>
  new AwsError('AccessDeniedException', `No access to reserved parameter name: ${name}.`);

const pathRule =
  ' If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_';

export const reservedPrefix = (isPath: boolean) =>
  isPath
    ? malformedName()
    : validation('Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).');

// AWS answers so for whatever is wrong with a name's characters.
export const malformedName = () =>
  validation(`Parameter name: can't be prefixed with "ssm" (case-insensitive).${pathRule}`);

export const unqualifiedName = () => validation('Parameter name must be a fully qualified name.');

export const nameTooLong = (limit: number) =>
  validation(`Parameter name must be no more than ${limit} characters long, its ARN included.`);

export const tooManyLevels = (limit: number) =>
  new AwsError(
    'HierarchyLevelLimitExceededException',
    `A hierarchy can have a maximum of ${limit} levels. For more information, see Requirements and constraints for parameter names in the AWS Systems Manager User Guide.`,
  );

const tierGuide =
  'For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html';

export const valueTooLong = (tier: 'Standard' | 'Advanced', limit: number) =>
  validation(
    tier === 'Standard'
      ? `Standard tier parameters support a maximum parameter value of ${limit} characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. ${tierGuide}`
      : `Advanced tier parameters support a maximum parameter value of ${limit} characters. ${tierGuide}`,
  );

export const tierDowngrade = () =>
  validation(
    "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a standard parameter.",
  );

export const patternMismatch = (pattern: string) =>
  new AwsError(
    'ParameterPatternMismatchException',
    `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
  );

export const invalidPattern = () =>
  new AwsError(
    'InvalidAllowedPatternException',
    "The request doesn't meet the regular expression requirement.",
  );

export const invalidKeyId = (keyId: string) =>
  new AwsError('InvalidKeyId', `Invalid keyId ${keyId}`);

/** A parameter that AWS has and Alacarte has not built: refused, never ignored. */
export const parameterNotImplemented = (operation: string, parameter: string) =>
  new AwsError(
    'NotImplemented',
    `Alacarte does not implement the parameter ${parameter} of ssm:${operation} yet.`,
    { status: 501 },
  );

export const tooManyTags = () =>
  new AwsError(
    'TooManyTagsError',
    'The Targets parameter includes too many tags. Remove one or more tags and try the command again.',
  );

export const reservedTag = () =>
  validation('aws: prefixed tag key names are not allowed for external use.');

export const invalidResourceType = () =>
  new AwsError(
    'InvalidResourceType',
    "The resource type isn't valid. For example, if you are attempting to tag an EC2 instance, the instance must be a registered managed node.",
  );

export const invalidResourceId = () =>
  new AwsError(
    'InvalidResourceId',
    "The resource ID isn't valid. Verify that you entered the correct ID and try again.",
  );

export const invalidNextToken = () =>
  new AwsError('InvalidNextToken', 'The specified token is not valid.');

export const invalidFilterKey = (key: string, keys: readonly string[]) =>
  new AwsError(
    'InvalidFilterKey',
    `The following filter key is not valid: ${key}. Valid filter keys include: [${keys.join(', ')}].`,
  );

export const invalidFilterOption = (option: string) =>
  new AwsError(
    'InvalidFilterOption',
    `The following filter option is not valid: ${option}. Valid options include: [BeginsWith, Equals].`,
  );
