import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { describeContinuousBackups as describe } from '../domain/continuous-backups.ts';
import { checkTableName } from '../domain/parameters.ts';
import { tableWithoutBackups } from '../table-errors.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

export const describeContinuousBackups = operation(model.DescribeContinuousBackups, {
  authorize: onTable('DescribeContinuousBackups'),
  async handle(input, { caller, clock, tables }: DynamoDBScope) {
    const nameOrArn = checkTableName(input.TableName);
    const table = await tables.find(caller, nameOrArn);
    if (!table) throw tableWithoutBackups(nameOrArn);
    return { ContinuousBackupsDescription: describe(table, clock.now()) };
  },
});
