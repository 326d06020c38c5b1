import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import type { DynamoDBScope } from '../scope.ts';

const CACHE_MINUTES = 1440;

export const describeEndpoints = operation(model.DescribeEndpoints, {
  handle(_input, { caller }: DynamoDBScope) {
    const Address = `dynamodb.${caller.region}.amazonaws.com`;
    return { Endpoints: [{ Address, CachePeriodInMinutes: CACHE_MINUTES }] };
  },
});
