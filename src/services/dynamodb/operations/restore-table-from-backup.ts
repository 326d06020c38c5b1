import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { describeTable } from '../domain/describe-table.ts';
import { newTable } from '../domain/new-table.ts';
import { checkTableName } from '../domain/parameters.ts';
import { restoreInput } from '../domain/restored-table.ts';
import { isPartlyRecorded } from '../domain/table.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onBackup } from '../scope.ts';

export const restoreTableFromBackup = operation(model.RestoreTableFromBackup, {
  authorize: onBackup('RestoreTableFromBackup'),
  async handle(input, scope: DynamoDBScope) {
    const { caller, backups, clock, ids, restores, realize } = scope;
    const name = checkTableName(input.TargetTableName);
    const backup = await backups.describe(caller, input.BackupArn!);
    const asked = newTable(restoreInput(backup.table, name, input), caller, { clock, ids });
    const table = await restores.fromBackup(caller, backup, asked);
    if (isPartlyRecorded(table)) realize('recorded');
    return { TableDescription: describeTable(table, clock.now()) };
  },
});
