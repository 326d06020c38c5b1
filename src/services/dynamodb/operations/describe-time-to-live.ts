import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { checkTableName } from '../domain/parameters.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

/** Time to live cannot be enabled yet (UpdateTimeToLive is not built), so it is off. */
export const describeTimeToLive = operation(model.DescribeTimeToLive, {
  authorize: onTable('DescribeTimeToLive'),
  async handle(input, { caller, tables }: DynamoDBScope) {
    await tables.describe(caller, checkTableName(input.TableName));
    return { TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' as const } };
  },
});
