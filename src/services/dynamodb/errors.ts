import { AwsError } from '../../kernel/aws-error.ts';
import type { Item } from './domain/attribute-value.ts';
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
