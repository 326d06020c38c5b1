import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { describeReplicaSettings } from '../domain/describe-global-table.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onGlobalTable } from '../scope.ts';

export const describeGlobalTableSettings = operation(model.DescribeGlobalTableSettings, {
  authorize: onGlobalTable('DescribeGlobalTableSettings'),
  async handle({ GlobalTableName: name }, { caller, globalTables2017 }: DynamoDBScope) {
    const asked = { account: caller.account, name: name! };
    const { tables } = await globalTables2017.describe(asked);
    return {
      GlobalTableName: name,
      ReplicaSettings: tables.map((table) => describeReplicaSettings(table)),
    };
  },
});
