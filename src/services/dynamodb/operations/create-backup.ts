import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { describeDetails } from '../domain/describe-backup.ts';
import { checkTableName } from '../domain/parameters.ts';
import { EMPTY } from '../domain/statistics.ts';
import { tableNameOf } from '../domain/tables.ts';
import { tableWithoutBackups } from '../table-errors.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

export const createBackup = operation(model.CreateBackup, {
  authorize: onTable('CreateBackup'),
  async handle({ TableName, BackupName }, { caller, backupCreation }: DynamoDBScope) {
    const nameOrArn = checkTableName(TableName);
    const name = tableNameOf(caller, nameOrArn);
    if (name === undefined) throw tableWithoutBackups(nameOrArn);
    const backup = await backupCreation.begin(caller, name, BackupName!);
    return { BackupDetails: describeDetails(backup, EMPTY) };
  },
});
