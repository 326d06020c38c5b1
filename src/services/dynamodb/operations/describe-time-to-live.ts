import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { checkTableName } from '../domain/parameters.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

export const describeTimeToLive = operation(model.DescribeTimeToLive, {
  authorize: onTable('DescribeTimeToLive'),
  async handle(input, { caller, tables }: DynamoDBScope) {
    const { timeToLive } = await tables.describe(caller, checkTableName(input.TableName));
    const { status = 'DISABLED', attribute } = timeToLive ?? {};
    return {
      TimeToLiveDescription: {
        TimeToLiveStatus: status,
        ...(status !== 'DISABLED' && { AttributeName: attribute }),
      },
    };
  },
});
