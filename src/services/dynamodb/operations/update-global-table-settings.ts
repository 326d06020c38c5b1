import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { describeReplicaSettings } from '../domain/describe-global-table.ts';
import { checkSettingsRequest, withGlobalSettings } from '../domain/global-table-settings.ts';
import { ownerOf } from '../domain/replicas.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onGlobalTable } from '../scope.ts';

/** Units and modes change; what auto scaling should do is kept, and nothing is scaled. */
export const updateGlobalTableSettings = operation(model.UpdateGlobalTableSettings, {
  authorize: onGlobalTable('UpdateGlobalTableSettings'),
  async handle(input, scope: DynamoDBScope) {
    const { caller, clock, globalTables2017, ids, lifecycle, realize } = scope;
    const asked = { account: caller.account, name: input.GlobalTableName! };
    const { tables } = await globalTables2017.describe(asked);
    checkSettingsRequest(input, tables);
    const nowMs = clock.now();
    await lifecycle.update(ownerOf(tables[0]!), asked.name, (table, region) =>
      withGlobalSettings(table, input, { caller: { ...caller, region }, ids, nowMs }),
    );
    const changed = (await globalTables2017.describe(asked)).tables;
    if (changed.some(({ scaling }) => scaling)) realize('recorded');
    return {
      GlobalTableName: asked.name,
      ReplicaSettings: changed.map((table) => describeReplicaSettings(table)),
    };
  },
});
