import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { describeTable } from '../domain/describe-table.ts';
import { namedTable } from '../domain/named-table.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

export const deleteTable = operation(model.DeleteTable, {
  authorize: onTable('DeleteTable'),
  async handle(input, { caller, clock, lifecycle }: DynamoDBScope) {
    const name = namedTable(caller, input.TableName);
    const table = await lifecycle.delete(caller, name);
    return { TableDescription: shortened(describeTable(table, clock.now())) };
  },
});

/** AWS leaves out what it no longer keeps up. */
function shortened(description: TableDescription): TableDescription {
  return {
    ...description,
    AttributeDefinitions: undefined,
    KeySchema: undefined,
    CreationDateTime: undefined,
    WarmThroughput: undefined,
  };
}
