import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { describeTable as describe } from '../domain/describe-table.ts';
import { checkTableName } from '../domain/parameters.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

export const describeTable = operation(model.DescribeTable, {
  authorize: onTable('DescribeTable'),
  async handle(input, { caller, clock, statistics, tables }: DynamoDBScope) {
    const table = await tables.describe(caller, checkTableName(input.TableName));
    return { Table: describe(table, clock.now(), await statistics.sizesOf(table)) };
  },
});
