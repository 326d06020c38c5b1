import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import type { DynamoDBScope } from '../scope.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
const ACCOUNT_UNITS = 80_000;
const TABLE_UNITS = 40_000;

export const describeLimits = operation(model.DescribeLimits, {
  handle(_input, { realize }: DynamoDBScope) {
    realize('recorded'); // nothing is throttled
    return {
      AccountMaxReadCapacityUnits: ACCOUNT_UNITS,
      AccountMaxWriteCapacityUnits: ACCOUNT_UNITS,
      TableMaxReadCapacityUnits: TABLE_UNITS,
      TableMaxWriteCapacityUnits: TABLE_UNITS,
    };
  },
});
