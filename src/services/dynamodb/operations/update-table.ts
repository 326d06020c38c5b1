import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { changedTable } from '../domain/changed-table.ts';
import { describeTable } from '../domain/describe-table.ts';
import { namedTable } from '../domain/named-table.ts';
import { readStreamSpecification } from '../domain/stream-specification.ts';
import { sharedPart } from '../domain/shared-settings.ts';
import { isPartlyRecorded } from '../domain/table.ts';
import { checkUpdateRequest } from '../domain/update-request.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

export const updateTable = operation(model.UpdateTable, {
  authorize: onTable('UpdateTable'),
  async handle(
    input,
    { caller, clock, globalTables, ids, lifecycle, realize, statistics }: DynamoDBScope,
  ) {
    const name = namedTable(caller, input.TableName);
    const actions = checkUpdateRequest(input);
    const nowMs = clock.now();
    const { ReplicaUpdates, StreamSpecification } = input;
    const table = ReplicaUpdates
      ? await globalTables.update(caller, name, ReplicaUpdates)
      : await lifecycle.update(
          caller,
          name,
          (standing, region) => {
            const asked = region === caller.region ? input : sharedPart(standing, input);
            const context = { caller: { ...caller, region }, ids, nowMs };
            return asked ? changedTable(standing, asked, actions, context) : standing;
          },
          StreamSpecification && readStreamSpecification(StreamSpecification, 'UpdateTable'),
        );
    if (isPartlyRecorded(table)) realize('recorded');
    return { TableDescription: describeTable(table, nowMs, await statistics.sizesOf(table)) };
  },
});
