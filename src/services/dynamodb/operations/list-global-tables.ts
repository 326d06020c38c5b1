import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { ownerOf } from '../domain/replicas.ts';
import type { DynamoDBScope } from '../scope.ts';

const MAX_GLOBAL_TABLES = 100;

/** It lists those of version 2017.11.29; replicas of version 2019.11.21 are made by UpdateTable. */
export const listGlobalTables = operation(model.ListGlobalTables, {
  async handle(input, { caller, globalTables2017 }: DynamoDBScope) {
    const { ExclusiveStartGlobalTableName: after, RegionName: region } = input;
    const { Limit = MAX_GLOBAL_TABLES } = input;
    const groups = (await globalTables2017.list(caller.account))
      .map(({ name, tables }) => ({ name, regions: tables.map((table) => ownerOf(table).region) }))
      .filter(({ regions }) => region === undefined || regions.includes(region))
      .filter(({ name }) => after === undefined || name > after);
    const page = groups.slice(0, Limit);
    return {
      GlobalTables: page.map(({ name, regions }) => ({
        GlobalTableName: name,
        ReplicationGroup: regions.map((RegionName) => ({ RegionName })),
      })),
      ...(groups.length > Limit && { LastEvaluatedGlobalTableName: page.at(-1)!.name }),
    };
  },
});
