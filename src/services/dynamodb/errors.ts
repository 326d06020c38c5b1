import { AwsError } from '../../kernel/aws-error.ts';
import type { Item } from './domain/attribute-value.ts';
import type { Units } from './domain/billing.ts';
import type { Reasons } from './domain/reasons.ts';
import { toSdkItem } from './domain/sdk-item.ts';

/** A parameter that DynamoDB refuses, in its words. */
export function validation(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

/** The wording that most of DynamoDB's refusals begin with. */
export function invalidParameters(message: string): AwsError {
  return validation(`One or more parameter values were invalid: ${message}`);
}

/** JSON of the wrong type for a member. */
export function serialization(message: string): AwsError {
  return new AwsError('SerializationException', message);
}

/** An update that looks at an attribute which the item has not. */
export function missingAttribute(): AwsError {
  return validation(
    'The provided expression refers to an attribute that does not exist in the item',
  );
}

/** An update of something of another type than the item has there. */
export function incorrectOperandType(): AwsError {
  return validation('An operand in the update expression has an incorrect data type');
}

/** The same in AttributeUpdates. */
export function mistypedAttributeUpdate(): AwsError {
  return validation('Type mismatch for attribute to update');
}

/** An update below something that is not there, or that has nothing below. */
export function invalidUpdatePath(): AwsError {
  return validation('The document path provided in the update expression is invalid for update');
}

/** What control operations answer for a table that does not exist. */
export function tableNotFound(name: string): AwsError {
  return new AwsError(
    'ResourceNotFoundException',
    `Requested resource not found: Table: ${name} not found`,
  );
}

/** What item operations answer for a table that does not exist or is not ready. */
export function resourceNotFound(): AwsError {
  return new AwsError('ResourceNotFoundException', 'Requested resource not found');
}

/** What the tagging operations answer: they name the ARN. */
export function arnNotFound(arn: string): AwsError {
  return new AwsError(
    'ResourceNotFoundException',
    `Requested resource not found: ResourcArn: ${arn} not found`,
  );
}

export function tableAlreadyExists(name: string): AwsError {
  return new AwsError('ResourceInUseException', `Table already exists: ${name}`);
}

/** @param change what is under way: `created` or `deleted` */
export function tableInUse(name: string, change: 'created' | 'deleted'): AwsError {
  return resourceInUse(`Table is being ${change}: ${name}`);
}

/** A change that has to wait for another. */
export function resourceInUse(message: string): AwsError {
  return new AwsError(
    'ResourceInUseException',
    `Attempt to change a resource which is still in use: ${message}`,
  );
}

/** What UpdateTable answers for an index that does not exist. */
export function indexNotFound(index: string, table: string): AwsError {
  return new AwsError(
    'ResourceNotFoundException',
    `Requested resource not found: Index ${index} for table ${table}`,
  );
}

export function limitExceeded(message: string): AwsError {
  return new AwsError('LimitExceededException', message);
}

export function onlineIndexLimit(): AwsError {
  return limitExceeded(
    'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
  );
}

/** @param index whose units they are, where not the table's */
export function throughputUnchanged(units: Units, index: string | undefined): AwsError {
  const whose = index === undefined ? 'the table' : `the index ${index}`;
  const of = index === undefined ? 'the table' : `index ${index}`;
  const parts = [
    `The provisioned throughput for ${whose} will not change.`,
    'The requested value equals the current value.',
    `Current ReadCapacityUnits provisioned for ${of}: ${units.readUnits}. Requested ReadCapacityUnits: ${units.readUnits}.`,
    `Current WriteCapacityUnits provisioned for ${of}: ${units.writeUnits}. Requested WriteCapacityUnits: ${units.writeUnits}.`,
    CURRENT_LIMITS,
  ];
  return validation(parts.join(' '));
}

const CURRENT_LIMITS =
  'Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.';

/** @param member `ReadCapacityUnits` or `WriteCapacityUnits` */
export function unitsBeyondQuota(
  member: string,
  units: number,
  most: number,
  { region, index }: { readonly region: string; readonly index?: string },
): AwsError {
  const whose = index === undefined ? '' : ` for index ${index}`;
  const kind = index === undefined ? 'table' : 'index';
  return limitExceeded(
    `The requested ${member}${whose}, ${units}, is above the per ${kind} maximum for the account in ${region}. Per table maximum: ${most}. ${CURRENT_LIMITS}`,
  );
}

export function tooManyDecreases(today: number, lastMs: number, nextMs: number): AwsError {
  return limitExceeded(
    `Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC day. After the first 4 decreases, each subsequent decrease in the same UTC day can be performed at most once every 3600 seconds. Number of decreases today: ${today}. Last decrease at ${longDate(lastMs)}. Next decrease can be made at ${longDate(nextMs)}`,
  );
}

function longDate(atMs: number): string {
  const date = new Intl.DateTimeFormat('en-US', { dateStyle: 'full', timeZone: 'UTC' });
  const time = new Intl.DateTimeFormat('en-US', { timeStyle: 'medium', timeZone: 'UTC' });
  return `${date.format(atMs)} at ${time.format(atMs)} Coordinated Universal Time`;
}

export function deletionProtected(): AwsError {
  return validation(
    'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
  );
}

/** @param item what stood there, where the request asked for it */
export function conditionalCheckFailed(item?: Item): AwsError {
  return new AwsError(
    'ConditionalCheckFailedException',
    'The conditional request failed',
    item && { members: { Item: toSdkItem(item) } },
  );
}

/** A write of an item that a transaction is writing. */
export function transactionConflict(): AwsError {
  return new AwsError('TransactionConflictException', 'Transaction is ongoing for the item');
}

/** Another request with the same token is under way. */
export function transactionInProgress(): AwsError {
  return new AwsError(
    'TransactionInProgressException',
    'The transaction with the given request token is already in progress',
  );
}

export function tokenMismatch(): AwsError {
  return new AwsError(
    'IdempotentParameterMismatchException',
    'The request uses the same client token as a previous, but non-identical request.',
  );
}

/** What stands in the place of each exception among a transaction's cancellation reasons. */
const REASON_CODES: Readonly<Record<string, string>> = {
  ConditionalCheckFailedException: 'ConditionalCheckFailed',
  DuplicateItemException: 'DuplicateItem',
  ItemCollectionSizeLimitExceededException: 'ItemCollectionSizeLimitExceeded',
  ProvisionedThroughputExceededException: 'ProvisionedThroughputExceeded',
  ThrottlingException: 'ThrottlingError',
  TransactionConflictException: 'TransactionConflict',
  ValidationException: 'ValidationError',
};

/**
 * A transaction whose parts were refused. Values that no key may ever have are refused by AWS
 * before it begins, so they are the request's own error.
 */
export function transactionCancelled(reasons: Reasons): AwsError {
  const own = reasons.find((reason) => reason && !isCancellation(reason));
  if (own) return own;
  const CancellationReasons = reasons.map((reason) =>
    reason ? reasonOf(reason) : { Code: 'None' },
  );
  const codes = CancellationReasons.map(({ Code }) => Code).join(', ');
  return new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { members: { CancellationReasons } },
  );
}

/** Why one of several parts of a request was refused, as transactions and batches tell it. */
export function reasonOf({ code, message, members }: AwsError): { readonly Code: string } {
  const Code = REASON_CODES[code] ?? code.replace(/Exception$/, '');
  return { Code, ...{ Message: message, ...members } };
}

function isCancellation({ code, message }: AwsError): boolean {
  return (
    code in REASON_CODES && !message.startsWith('One or more parameter values are not valid. ')
  );
}

/** An INSERT of an item that is there. */
export function duplicateItem(): AwsError {
  return new AwsError('DuplicateItemException', 'Duplicate primary key exists in table');
}

/** A parameter that AWS has and Alacarte has not built: refused, never ignored. */
export function parameterNotImplemented(operation: string, parameter: string): AwsError {
  return new AwsError(
    'NotImplemented',
    `Alacarte does not implement the parameter ${parameter} of dynamodb:${operation} yet.`,
    { status: 501 },
  );
}

/** What the backup operations answer for a table that does not exist. */
export function tableWithoutBackups(name: string): AwsError {
  return new AwsError('TableNotFoundException', `Table not found: ${name}`);
}

/** What a table that is not ready answers: its backups begin when it is. */
export function backupsUnavailable(tableName: string): AwsError {
  return new AwsError(
    'ContinuousBackupsUnavailableException',
    `Backups are being enabled for the table: ${tableName}. Please retry later`,
  );
}

export function backupNotFound(arn: string): AwsError {
  return new AwsError('BackupNotFoundException', `Backup not found: ${arn}`);
}

/** @param change what is under way: `created` or `restored` */
export function backupInUse(arn: string, change: 'created' | 'restored'): AwsError {
  return new AwsError('BackupInUseException', `Backup is being ${change}: ${arn}`);
}

export function targetTableExists(name: string): AwsError {
  return new AwsError('TableAlreadyExistsException', `Table already exists: ${name}`);
}

/** @param change what is under way: `created` or `deleted` */
export function targetTableInUse(name: string, change: 'created' | 'deleted'): AwsError {
  return new AwsError('TableInUseException', `Table is being ${change}: ${name}`);
}

/** A table stays as long as its items are being copied. */
export function tableBeingCopied(name: string): AwsError {
  return new AwsError(
    'ResourceInUseException',
    `Attempt to change a resource which is still in use: Table is being backed up or restored from: ${name}`,
  );
}

export function recoveryUnavailable(tableName: string): AwsError {
  return new AwsError(
    'PointInTimeRecoveryUnavailableException',
    `Point in time recovery is not enabled for table '${tableName}'`,
  );
}

export function invalidRestoreTime(): AwsError {
  return new AwsError(
    'InvalidRestoreTimeException',
    'An invalid restore time was specified. RestoreDateTime must be between EarliestRestorableDateTime and LatestRestorableDateTime.',
  );
}

export function streamAlreadyEnabled(tableName: string): AwsError {
  return validation(`Table already has an enabled stream: TableName: ${tableName}`);
}

export function noStreamToDisable(tableName: string): AwsError {
  return validation(`Table has no stream to disable: TableName: ${tableName}`);
}

export function timeToLiveUnchanged(isOn: boolean): AwsError {
  return validation(`TimeToLive is already ${isOn ? 'enabled' : 'disabled'}`);
}

export function timeToLiveOnOtherAttribute(attribute: string): AwsError {
  return validation(
    `TimeToLive is active on a different AttributeName: current AttributeName is ${attribute}`,
  );
}

export function timeToLiveModifiedTooOften(): AwsError {
  return validation('Time to live has been modified multiple times within a fixed interval');
}

/** @param what the ARN of a resource without a policy, or which revision was expected in vain */
export function policyNotFound(what: string): AwsError {
  return new AwsError(
    'PolicyNotFoundException',
    `Resource-based policy not found for the provided ResourceArn: ${what}`,
  );
}

/** What the operations on contributor insights answer for an index that has none. */
export function insightsIndexNotFound(index: string, table: string): AwsError {
  return new AwsError(
    'ResourceNotFoundException',
    `Requested resource not found: Index: ${index} not found for table: ${table}`,
  );
}

/** @param status what is not ACTIVE: `TableStatus` or `IndexStatus` */
export function insightsUnavailable(status: string): AwsError {
  return validation(
    `Table or Index is not in a valid state to update Key Access Insights: ${status} must be ACTIVE to enable ContributorInsights.`,
  );
}

/** What the operations on replicas' auto scaling answer for a table without replicas. */
export function globalTableNotFound(name: string): AwsError {
  return new AwsError(
    'ResourceNotFoundException',
    `Global table with name: '${name}' does not exist.`,
  );
}

/** AWS's own words. */
export function replicaExistsAsTable(name: string): AwsError {
  return validation(
    `Failed to create a the new replica of table with name: '${name}' because one or more replicas already existed as tables.`,
  );
}

/** @param ofIndex whether it is an index that has no units left, and not the table */
export function throughputExceeded(ofIndex: boolean): AwsError {
  return new AwsError(
    'ProvisionedThroughputExceededException',
    ofIndex
      ? 'The level of configured provisioned throughput for one or more global secondary indexes of the table was exceeded. Consider increasing your provisioning level for the under-provisioned global secondary indexes with the UpdateTable API'
      : 'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.',
  );
}

export function onDemandMaximumExceeded(): AwsError {
  return new AwsError(
    'ThrottlingException',
    'Throughput exceeds the maximum OnDemandThroughput configured on table or index',
  );
}

/** What the operations of version 2017.11.29 answer. */
export function oldGlobalTableNotFound(name: string): AwsError {
  return new AwsError(
    'GlobalTableNotFoundException',
    `Global table not found: Global table with name: ${name} does not exist.`,
  );
}

/** @param regions in which a global table has no replica */
export function replicasNotFound(regions: readonly string[]): AwsError {
  return validation(
    `Update global table operation failed because one or more replicas were not part of the global table. Please retry the request without these replicas: [${regions.join(', ')}].`,
  );
}
