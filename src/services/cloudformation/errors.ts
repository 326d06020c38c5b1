import { AwsError } from '../../kernel/aws-error.ts';

/** What CloudFormation answers to nearly everything it refuses. */
export const validation = (message: string) => new AwsError('ValidationError', message);

/** DescribeStacks, GetTemplate and those that change a stack name it so. */
export const stackWithIdMissing = (stack: string) =>
  validation(`Stack with id ${stack} does not exist`);

/** The operations on events, resources and change sets name it so. */
export const stackMissing = (stack: string) => validation(`Stack [${stack}] does not exist`);

export const stackForResourcesMissing = (stack: string) =>
  validation(`Stack '${stack}' does not exist`);

export const resourceMissing = (logicalId: string, stack: string) =>
  validation(`Resource ${logicalId} does not exist for stack ${stack}`);

export const alreadyExists = (stack: string) =>
  new AwsError('AlreadyExistsException', `Stack [${stack}] already exists`);

export const noUpdates = () => validation('No updates are to be performed.');

/** @param doing what was asked for: `updated`, `deleted`, … */
export const wrongState = (stackId: string, status: string, doing: string) =>
  validation(`Stack:${stackId} is in ${status} state and can not be ${doing}.`);

export const terminationProtected = (stack: string) =>
  validation(`Stack [${stack}] cannot be deleted while TerminationProtection is enabled`);

export const insufficientCapabilities = (capabilities: readonly string[]) =>
  new AwsError(
    'InsufficientCapabilitiesException',
    `Requires capabilities : [${capabilities.join(', ')}]`,
  );

export const changeSetNotFound = (changeSet: string) =>
  new AwsError('ChangeSetNotFound', `ChangeSet [${changeSet}] does not exist`, { status: 404 });

export const changeSetExists = (changeSet: string) =>
  new AwsError(
    'AlreadyExistsException',
    `ChangeSet ${changeSet} cannot be created due to a mismatch with existing attribute`,
  );

export const invalidChangeSetStatus = (changeSetId: string, status: string) =>
  new AwsError(
    'InvalidChangeSetStatus',
    `ChangeSet [${changeSetId}] cannot be executed in its current status of [${status}]`,
  );

export const tokenAlreadyUsed = (token: string) =>
  new AwsError('TokenAlreadyExistsException', `A client request token already exists: ${token}`);

/** Something of CloudFormation's that Alacarte has not built: refused by its name, never ignored. */
export const notBuilt = (what: string) =>
  new AwsError('NotImplemented', `Alacarte does not implement ${what} of CloudFormation yet.`, {
    status: 501,
  });
