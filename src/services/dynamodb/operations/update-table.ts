import type { UpdateTableInput } from '@aws-sdk/client-dynamodb';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { describeTable } from '../domain/describe-table.ts';
import { checkTableName } from '../domain/parameters.ts';
import { tableNameOf } from '../domain/tables.ts';
import {
  invalidParameters,
  parameterNotImplemented,
  tableInUse,
  tableNotFound,
} from '../errors.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

/** So far it sets and lifts deletion protection, without which a protected table could never go. */
export const updateTable = operation(model.UpdateTable, {
  authorize: onTable('UpdateTable'),
  async handle(input, { caller, statistics, tables }: DynamoDBScope) {
    const nameOrArn = checkTableName(input.TableName);
    const name = tableNameOf(caller, nameOrArn);
    if (name === undefined) throw tableNotFound(nameOrArn);
    const deletionProtection = protectionIn(input);
    const updated = await tables.change(caller, name, (table) => {
      if (!table) throw tableNotFound(name);
      if (table.status === 'CREATING') throw tableInUse(name, 'created');
      if (table.status === 'DELETING') throw tableInUse(name, 'deleted');
      return { table: { ...table, deletionProtection } };
    });
    return { TableDescription: describeTable(updated!, await statistics.sizeOf(updated!.id)) };
  },
});

function protectionIn(input: UpdateTableInput): boolean {
  const { TableName: _name, DeletionProtectionEnabled: enabled, ...others } = input;
  for (const [parameter, value] of Object.entries(others)) {
    if (value !== undefined) throw parameterNotImplemented('UpdateTable', parameter);
  }
  if (enabled !== undefined) return enabled;
  throw invalidParameters(
    'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required',
  );
}
