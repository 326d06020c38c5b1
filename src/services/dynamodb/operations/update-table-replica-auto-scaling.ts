import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { namedTable } from '../domain/named-table.ts';
import { describeScaling, withScaling } from '../domain/replica-scaling.ts';
import { changeTogether, isGlobal2019 } from '../domain/replicas.ts';
import { statusOf } from '../domain/table.ts';
import { globalTableNotFound, replicasNotFound } from '../table-errors.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

/** As in AWS, only a table with replicas has it. */
export const updateTableReplicaAutoScaling = operation(model.UpdateTableReplicaAutoScaling, {
  recorded: true,
  authorize: onTable('UpdateTableReplicaAutoScaling'),
  async handle(input, { caller, tables }: DynamoDBScope) {
    const name = namedTable(caller, input.TableName);
    const changed = await changeTogether(tables, caller, name, [], (standing) => {
      const its = standing[0]!.table;
      if (!its || !isGlobal2019(its)) throw globalTableNotFound(name);
      const regions = [caller.region, ...its.replicas!.map(({ region }) => region)];
      const asked = (input.ReplicaUpdates ?? []).map(({ RegionName }) => RegionName!);
      const strange = asked.filter((region) => !regions.includes(region));
      if (strange.length > 0) throw replicasNotFound(strange);
      return {
        tables: standing.map(({ table }) => table && withScaling(table, input)),
        writes: [],
      };
    });
    return {
      TableAutoScalingDescription: {
        TableName: name,
        TableStatus: statusOf(changed[0]!),
        Replicas: changed.flatMap((replica) => (replica ? [describeScaling(replica)] : [])),
      },
    };
  },
});
