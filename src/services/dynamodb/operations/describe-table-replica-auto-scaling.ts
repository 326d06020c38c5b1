import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { namedTable } from '../domain/named-table.ts';
import { describeScaling } from '../domain/replica-scaling.ts';
import { isGlobal2019, placesOf } from '../domain/replicas.ts';
import { statusOf } from '../domain/table.ts';
import { globalTableNotFound } from '../table-errors.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

/** As in AWS, only a table with replicas has it. */
export const describeTableReplicaAutoScaling = operation(model.DescribeTableReplicaAutoScaling, {
  recorded: true,
  authorize: onTable('DescribeTableReplicaAutoScaling'),
  async handle({ TableName }, { caller, tables }: DynamoDBScope) {
    const name = namedTable(caller, TableName);
    const table = await tables.find(caller, name);
    if (!table || !isGlobal2019(table)) throw globalTableNotFound(name);
    const others = placesOf(caller, table).map((place) => tables.find(place.owner, place.name));
    const replicas = [table, ...(await Promise.all(others))];
    return {
      TableAutoScalingDescription: {
        TableName: name,
        TableStatus: statusOf(table),
        Replicas: replicas.flatMap((replica) => (replica ? [describeScaling(replica)] : [])),
      },
    };
  },
});
