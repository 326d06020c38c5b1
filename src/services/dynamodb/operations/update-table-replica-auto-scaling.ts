import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { namedTable } from '../domain/named-table.ts';
import { globalTableNotFound, parameterNotImplemented } from '../errors.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

/** AWS has it for tables with replicas only; nothing scales by itself here. */
export const updateTableReplicaAutoScaling = operation(model.UpdateTableReplicaAutoScaling, {
  authorize: onTable('UpdateTableReplicaAutoScaling'),
  async handle(input, { caller, tables }: DynamoDBScope): Promise<never> {
    const name = namedTable(caller, input.TableName);
    const table = await tables.describe(caller, name);
    if (!table.replicas) throw globalTableNotFound(name);
    const [parameter = 'ReplicaUpdates'] = Object.keys(input).filter((key) => key !== 'TableName');
    throw parameterNotImplemented('UpdateTableReplicaAutoScaling', parameter);
  },
});
