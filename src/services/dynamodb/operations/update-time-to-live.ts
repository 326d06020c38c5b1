import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { checkTableName } from '../domain/parameters.ts';
import { tableNameOf } from '../domain/tables.ts';
import { tableNotFound } from '../errors.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

export const updateTimeToLive = operation(model.UpdateTimeToLive, {
  authorize: onTable('UpdateTimeToLive'),
  async handle(input, { caller, timeToLive }: DynamoDBScope) {
    const nameOrArn = checkTableName(input.TableName);
    const name = tableNameOf(caller, nameOrArn);
    if (name === undefined) throw tableNotFound(nameOrArn);
    const { TimeToLiveSpecification } = input;
    await timeToLive.update(caller, name, TimeToLiveSpecification!);
    return { TimeToLiveSpecification };
  },
});
