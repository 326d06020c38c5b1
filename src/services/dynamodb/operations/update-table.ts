import type { UpdateTableInput } from '@aws-sdk/client-dynamodb';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { describeTable } from '../domain/describe-table.ts';
import { changedBilling } from '../domain/billing.ts';
import { checkTableName } from '../domain/parameters.ts';
import { type Table, isPartlyRecorded } from '../domain/table.ts';
import { tableNameOf } from '../domain/tables.ts';
import {
  invalidParameters,
  parameterNotImplemented,
  tableInUse,
  tableNotFound,
} from '../errors.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

/** Parameters that are acted upon; the others change indexes, streams, replicas and encryption. */
const BUILT = new Set<string>([
  'TableName',
  'BillingMode',
  'ProvisionedThroughput',
  'OnDemandThroughput',
  'TableClass',
  'DeletionProtectionEnabled',
]);

/** Every change that is built is done at once: a table never stays UPDATING. */
export const updateTable = operation(model.UpdateTable, {
  authorize: onTable('UpdateTable'),
  async handle(input, { caller, clock, realize, statistics, tables }: DynamoDBScope) {
    const nameOrArn = checkTableName(input.TableName);
    const name = tableNameOf(caller, nameOrArn);
    if (name === undefined) throw tableNotFound(nameOrArn);
    checkParameters(input);
    const updated = await tables.change(caller, name, (table) => {
      if (!table) throw tableNotFound(name);
      if (table.status === 'CREATING') throw tableInUse(name, 'created');
      if (table.status === 'DELETING') throw tableInUse(name, 'deleted');
      return { table: changed(table, input, clock.now()) };
    });
    if (isPartlyRecorded(updated!)) realize('recorded');
    return { TableDescription: describeTable(updated!, await statistics.sizesOf(updated!)) };
  },
});

function changed(table: Table, input: UpdateTableInput, nowMs: number): Table {
  return {
    ...table,
    billing: changedBilling(table.billing, input, nowMs),
    ...(input.TableClass && { tableClass: input.TableClass }),
    deletionProtection: input.DeletionProtectionEnabled ?? table.deletionProtection,
  };
}

function checkParameters(input: UpdateTableInput): void {
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  for (const [parameter] of given) {
    if (!BUILT.has(parameter)) throw parameterNotImplemented('UpdateTable', parameter);
  }
  if (given.length > 1) return;
  throw invalidParameters(
    'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required',
  );
}
