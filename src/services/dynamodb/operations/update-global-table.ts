import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { describeGlobalTable2017 } from '../domain/describe-global-table.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onGlobalTable } from '../scope.ts';

export const updateGlobalTable = operation(model.UpdateGlobalTable, {
  authorize: onGlobalTable('UpdateGlobalTable'),
  async handle({ GlobalTableName: name, ReplicaUpdates }, scope: DynamoDBScope) {
    const { account, region } = scope.caller;
    const asked = { account, name: name! };
    const group = await scope.globalTables2017.update(asked, ReplicaUpdates ?? []);
    return { GlobalTableDescription: describeGlobalTable2017(group, region) };
  },
});
