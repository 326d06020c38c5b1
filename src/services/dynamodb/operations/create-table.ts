import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { describeTable } from '../domain/describe-table.ts';
import { newTable } from '../domain/new-table.ts';
import { readStreamSpecification } from '../domain/stream-specification.ts';
import { isPartlyRecorded } from '../domain/table.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

export const createTable = operation(model.CreateTable, {
  authorize: onTable('CreateTable'),
  async handle(input, { caller, clock, ids, lifecycle, realize }: DynamoDBScope) {
    const asked = newTable(input, caller, { clock, ids });
    const wanted = readStreamSpecification(input.StreamSpecification, 'CreateTable');
    const table = await lifecycle.create(caller, asked, wanted);
    if (isPartlyRecorded(table)) realize('recorded');
    return { TableDescription: describeTable(table, clock.now()) };
  },
});
