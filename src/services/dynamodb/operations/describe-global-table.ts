import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { describeGlobalTable2017 } from '../domain/describe-global-table.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onGlobalTable } from '../scope.ts';

/**
 * It knows global tables of version 2017.11.29 only: that is how AWS says to tell the versions apart.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_versions.html
 */
export const describeGlobalTable = operation(model.DescribeGlobalTable, {
  authorize: onGlobalTable('DescribeGlobalTable'),
  async handle({ GlobalTableName: name }, { caller, globalTables2017 }: DynamoDBScope) {
    const { account, region } = caller;
    const group = await globalTables2017.describe({ account, name: name! });
    return { GlobalTableDescription: describeGlobalTable2017(group, region) };
  },
});
