import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { namedTable } from '../domain/named-table.ts';
import { globalTableNotFound } from '../errors.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

/** AWS has it for tables with replicas only, and there are none yet. */
export const updateTableReplicaAutoScaling = operation(model.UpdateTableReplicaAutoScaling, {
  authorize: onTable('UpdateTableReplicaAutoScaling'),
  handle({ TableName }, { caller }: DynamoDBScope): never {
    throw globalTableNotFound(namedTable(caller, TableName));
  },
});
