import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { withDestination } from '../domain/kinesis-destinations.ts';
import { namedTable } from '../domain/named-table.ts';
import { tableNotFound } from '../errors.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

export const enableKinesisStreamingDestination = operation(
  model.EnableKinesisStreamingDestination,
  {
    recorded: true,
    authorize: onTable('EnableKinesisStreamingDestination'),
    async handle(input, { caller, tables }: DynamoDBScope) {
      const name = namedTable(caller, input.TableName);
      const { StreamArn, EnableKinesisStreamingConfiguration: configuration = {} } = input;
      await tables.change(caller, name, (table) => {
        if (!table) throw tableNotFound(name);
        const { ApproximateCreationDateTimePrecision: precision } = configuration;
        return { table: withDestination(table, StreamArn!, precision) };
      });
      return {
        TableName: name,
        StreamArn,
        DestinationStatus: 'ENABLING' as const,
        EnableKinesisStreamingConfiguration: configuration,
      };
    },
  },
);
