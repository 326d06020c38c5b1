import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { namedTable } from '../domain/named-table.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

export const updateTimeToLive = operation(model.UpdateTimeToLive, {
  authorize: onTable('UpdateTimeToLive'),
  async handle(input, { caller, timeToLive }: DynamoDBScope) {
    const name = namedTable(caller, input.TableName);
    const { TimeToLiveSpecification } = input;
    await timeToLive.update(caller, name, TimeToLiveSpecification!);
    return { TimeToLiveSpecification };
  },
});
