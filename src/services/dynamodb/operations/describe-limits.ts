import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { MAX_ACCOUNT_UNITS, MAX_UNITS } from '../domain/new-billing.ts';
import type { DynamoDBScope } from '../scope.ts';

export const describeLimits = operation(model.DescribeLimits, {
  recorded: true,
  handle(_input, _scope: DynamoDBScope) {
    return {
      AccountMaxReadCapacityUnits: MAX_ACCOUNT_UNITS,
      AccountMaxWriteCapacityUnits: MAX_ACCOUNT_UNITS,
      TableMaxReadCapacityUnits: MAX_UNITS,
      TableMaxWriteCapacityUnits: MAX_UNITS,
    };
  },
});
