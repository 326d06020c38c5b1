import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { describeDestination } from '../domain/kinesis-destinations.ts';
import { namedTable } from '../domain/named-table.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

export const describeKinesisStreamingDestination = operation(
  model.DescribeKinesisStreamingDestination,
  {
    recorded: true,
    authorize: onTable('DescribeKinesisStreamingDestination'),
    async handle({ TableName }, { caller, tables }: DynamoDBScope) {
      const name = namedTable(caller, TableName);
      const { kinesis = [] } = await tables.describe(caller, name);
      return { TableName: name, KinesisDataStreamDestinations: kinesis.map(describeDestination) };
    },
  },
);
