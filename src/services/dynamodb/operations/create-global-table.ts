import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { describeGlobalTable2017 } from '../domain/describe-global-table.ts';
import { checkTableName } from '../domain/parameters.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onGlobalTable } from '../scope.ts';

export const createGlobalTable = operation(model.CreateGlobalTable, {
  authorize: onGlobalTable('CreateGlobalTable'),
  async handle(input, { caller, globalTables2017 }: DynamoDBScope) {
    const { account, region } = caller;
    const name = checkTableName(input.GlobalTableName);
    const regions = (input.ReplicationGroup ?? []).map(({ RegionName }) => RegionName ?? region);
    const group = await globalTables2017.create({ account, name }, regions);
    return { GlobalTableDescription: describeGlobalTable2017(group, region) };
  },
});
