import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { describeBackup } from '../domain/describe-backup.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onBackup } from '../scope.ts';

export const deleteBackup = operation(model.DeleteBackup, {
  authorize: onBackup('DeleteBackup'),
  async handle({ BackupArn }, { caller, backups, backupRemoval, statistics }: DynamoDBScope) {
    const backup = await backups.describe(caller, BackupArn!);
    const size = await statistics.sizeOfBackup(backup);
    await backupRemoval.delete(backup);
    return { BackupDescription: describeBackup({ ...backup, status: 'DELETED' }, size) };
  },
});
