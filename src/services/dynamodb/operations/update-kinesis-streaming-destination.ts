import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { withPrecision } from '../domain/kinesis-destinations.ts';
import { namedTable } from '../domain/named-table.ts';
import { tableNotFound } from '../errors.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

export const updateKinesisStreamingDestination = operation(
  model.UpdateKinesisStreamingDestination,
  {
    recorded: true,
    authorize: onTable('UpdateKinesisStreamingDestination'),
    async handle(input, { caller, tables }: DynamoDBScope) {
      const name = namedTable(caller, input.TableName);
      const { StreamArn, UpdateKinesisStreamingConfiguration: configuration } = input;
      await tables.change(caller, name, (table) => {
        if (!table) throw tableNotFound(name);
        const precision = configuration?.ApproximateCreationDateTimePrecision;
        return { table: withPrecision(table, StreamArn!, precision) };
      });
      return {
        TableName: name,
        StreamArn,
        DestinationStatus: 'UPDATING' as const,
        UpdateKinesisStreamingConfiguration: configuration,
      };
    },
  },
);
