import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { oldGlobalTableNotFound } from '../table-errors.ts';
import type { DynamoDBScope } from '../scope.ts';

/**
 * It knows global tables of version 2017.11.29 only, of which there are none: that is how AWS says
 * to tell the versions apart.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_versions.html
 */
export const describeGlobalTable = operation(model.DescribeGlobalTable, {
  handle({ GlobalTableName }, _scope: DynamoDBScope) {
    throw oldGlobalTableNotFound(GlobalTableName!);
  },
});
