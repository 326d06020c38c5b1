import { AwsError } from '../../kernel/aws-error.ts';
import type { Units } from './domain/billing.ts';
import { validation } from './errors.ts';

// What operations on tables, their settings, backups and replicas refuse, in AWS's words.

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

/** What the operations of version 2017.11.29 answer. */
export function oldGlobalTableNotFound(name: string): AwsError {
  return new AwsError(
    'GlobalTableNotFoundException',
    `Global table not found: Global table with name: ${name} does not exist.`,
  );
}

export function oldGlobalTableExists(name: string): AwsError {
  return new AwsError(
    'GlobalTableAlreadyExistsException',
    `Global table already exists: Global table with name: ${name} already exists.`,
  );
}

export function oldReplicaExists(name: string, region: string): AwsError {
  return new AwsError(
    'ReplicaAlreadyExistsException',
    `Replica already exists: Global table ${name} has a replica in region: ${region}`,
  );
}

export function oldReplicaNotFound(name: string, region: string): AwsError {
  return new AwsError(
    'ReplicaNotFoundException',
    `Replica not found: Global table ${name} has no replica in region: ${region}`,
  );
}

/** What cannot become a replica of a global table of version 2017.11.29. */
export function tableToJoinNotFound(name: string, region: string): AwsError {
  return new AwsError('TableNotFoundException', `Table not found: ${name} in region: ${region}`);
}

export function tableToJoinNotEmpty(name: string, region: string): AwsError {
  return validation(
    `One or more parameter values were invalid: Table ${name} in ${region} must be empty to be a replica of a global table`,
  );
}

/** What the settings operation of version 2017.11.29 answers. */
export function globalIndexNotFound(index: string, table: string): AwsError {
  return new AwsError(
    'IndexNotFoundException',
    `Index not found: Global table ${table} has no global secondary index: ${index}`,
  );
}

/** What UpdateTable answers where replicas are those of version 2017.11.29. */
export function replicasOf2017(name: string): AwsError {
  return validation(
    `One or more parameter values were invalid: Table ${name} is a replica of a global table of version 2017.11.29, whose replicas UpdateGlobalTable changes`,
  );
}

/** @param regions in which a global table has no replica */
export function replicasNotFound(regions: readonly string[]): AwsError {
  return validation(
    `Update global table operation failed because one or more replicas were not part of the global table. Please retry the request without these replicas: [${regions.join(', ')}].`,
  );
}
