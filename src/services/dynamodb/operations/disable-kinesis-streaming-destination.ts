import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { withoutDestination } from '../domain/kinesis-destinations.ts';
import { namedTable } from '../domain/named-table.ts';
import { tableNotFound, validation } from '../errors.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

export const disableKinesisStreamingDestination = operation(
  model.DisableKinesisStreamingDestination,
  {
    recorded: true,
    authorize: onTable('DisableKinesisStreamingDestination'),
    async handle(input, { caller, tables }: DynamoDBScope) {
      const name = namedTable(caller, input.TableName);
      const { StreamArn } = input;
      if (input.EnableKinesisStreamingConfiguration) {
        throw validation(
          'Stream cannot be disabled using EnableKinesisStreamingConfiguration parameters',
        );
      }
      await tables.change(caller, name, (table) => {
        if (!table) throw tableNotFound(name);
        return { table: withoutDestination(table, StreamArn!) };
      });
      return { TableName: name, StreamArn, DestinationStatus: 'DISABLING' as const };
    },
  },
);
