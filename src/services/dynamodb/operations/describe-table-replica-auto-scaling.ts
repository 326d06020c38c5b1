import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { namedTable } from '../domain/named-table.ts';
import { statusOf } from '../domain/table.ts';
import { globalTableNotFound } from '../errors.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

/** AWS has it for tables with replicas only; nothing scales by itself here, so none has settings. */
export const describeTableReplicaAutoScaling = operation(model.DescribeTableReplicaAutoScaling, {
  authorize: onTable('DescribeTableReplicaAutoScaling'),
  async handle({ TableName }, { caller, tables }: DynamoDBScope) {
    const name = namedTable(caller, TableName);
    const table = await tables.describe(caller, name);
    if (!table.replicas) throw globalTableNotFound(name);
    const all = [{ region: caller.region, status: 'ACTIVE' as const }, ...table.replicas];
    return {
      TableAutoScalingDescription: {
        TableName: name,
        TableStatus: statusOf(table),
        Replicas: all.map(({ region, status }) => ({
          RegionName: region,
          ReplicaStatus: status,
        })),
      },
    };
  },
});
