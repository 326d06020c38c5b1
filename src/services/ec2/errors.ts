import { AwsError } from '../../kernel/aws-error.ts';

// Codes: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html

export const dryRun = () =>
  new AwsError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', {
    status: 412,
  });

export const missingParameter = (name: string) =>
  new AwsError('MissingParameter', `The request must contain the parameter ${name}`);

export const invalidParameter = (message: string) => new AwsError('InvalidParameterValue', message);

export const invalidValue = (value: string | number, parameter: string, why: string) =>
  invalidParameter(`Value (${value}) for parameter ${parameter} is invalid. ${why}`);

export const invalidAttributeValue = (message: string) =>
  new AwsError('InvalidInstanceAttributeValue', message);

export const combination = (message: string) =>
  new AwsError('InvalidParameterCombination', message);

/** What AWS would do and Alacarte cannot do yet: said, never pretended. */
export const unsupported = (message: string) => new AwsError('UnsupportedOperation', message);

export const invalidFilter = (name: string) => invalidParameter(`The filter '${name}' is invalid`);

export const filterLimit = () =>
  new AwsError('FilterLimitExceeded', 'The maximum number of filter values specified is 200.');

export const invalidNextToken = (token: string) =>
  new AwsError('InvalidNextToken', `The token '${token}' is invalid`);

export const tagLimit = () =>
  new AwsError('TagLimitExceeded', 'The maximum number of Tags for a resource has been reached.');

export const keyPairNotFound = (nameOrId: string) =>
  new AwsError(
    'InvalidKeyPair.NotFound',
    nameOrId.startsWith('key-')
      ? `The key pair ID '${nameOrId}' does not exist`
      : `The key pair '${nameOrId}' does not exist`,
  );

export const keyPairExists = (name: string) =>
  new AwsError('InvalidKeyPair.Duplicate', `The keypair '${name}' already exists.`);

export const invalidKeyFormat = () =>
  new AwsError('InvalidKey.Format', 'Key is not in valid OpenSSH public key format');

export const groupNameNotFound = (name: string, vpcId: string) =>
  new AwsError(
    'InvalidGroup.NotFound',
    `The security group '${name}' does not exist in default VPC '${vpcId}'`,
  );

export const incorrectState = (message: string) => new AwsError('IncorrectInstanceState', message);

export const notPermitted = (message: string) => new AwsError('OperationNotPermitted', message);

export const idempotentMismatch = () =>
  new AwsError(
    'IdempotentParameterMismatch',
    'Arguments on this idempotent request are inconsistent with arguments used in previous request(s).',
  );

export const addressInUse = (address: string) =>
  new AwsError('InvalidIPAddress.InUse', `Address ${address} is in use.`);

export const noFreeAddresses = (subnetId: string) =>
  new AwsError(
    'InsufficientFreeAddressesInSubnet',
    `There are not enough free addresses in subnet '${subnetId}' to satisfy the requested number of instances.`,
  );

export const noPublicAddresses = () =>
  new AwsError('InsufficientAddressCapacity', 'There are no public addresses left to allot.', {
    status: 503,
  });

export const invalidInstanceType = (types: string) =>
  new AwsError(
    'InvalidInstanceType',
    `The following supplied instance types do not exist: [${types}]`,
  );

export const instanceLimit = (asked: number, limit: number) =>
  new AwsError(
    'InstanceLimitExceeded',
    `You have requested more instances (${asked}) than your current instance limit of ${limit} allows for the specified instance type.`,
  );

export const insufficientCapacity = (type: string) =>
  new AwsError(
    'InsufficientInstanceCapacity',
    `We currently do not have sufficient ${type} capacity in the Availability Zone you requested.`,
    { status: 500 },
  );

export const groupExists = (name: string, vpcId: string) =>
  new AwsError(
    'InvalidGroup.Duplicate',
    `The security group '${name}' already exists for VPC '${vpcId}'`,
  );

export const defaultGroupStays = (id: string) =>
  new AwsError(
    'CannotDelete',
    `the specified group: "${id}" name: "default" cannot be deleted by a user`,
  );

export const dependentObject = (id: string) =>
  new AwsError('DependencyViolation', `resource ${id} has a dependent object`);

export const ruleExists = (text: string) => new AwsError('InvalidPermission.Duplicate', text);

export const ruleNotFound = () =>
  new AwsError(
    'InvalidPermission.NotFound',
    'The specified rule does not exist in this security group.',
  );

export const ruleLimit = () =>
  new AwsError(
    'RulesPerSecurityGroupLimitExceeded',
    'The maximum number of rules per security group has been reached.',
  );

export const noDefaultVpc = () => new AwsError('VPCIdNotSpecified', 'No default VPC for this user');

/** A launch that came to nothing, told by whoever waits for the instance. */
export const instanceLost = (id: string, reason: string) =>
  new AwsError('NotStabilized', `Instance ${id} did not stabilize. ${reason}`);
