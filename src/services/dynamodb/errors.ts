import { AwsError } from '../../kernel/aws-error.ts';
import type { Item } from './domain/attribute-value.ts';
import type { Units } from './domain/billing.ts';
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
