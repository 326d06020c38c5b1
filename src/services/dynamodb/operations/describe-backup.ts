import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { describeBackup as describe } from '../domain/describe-backup.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onBackup } from '../scope.ts';

export const describeBackup = operation(model.DescribeBackup, {
  authorize: onBackup('DescribeBackup'),
  async handle({ BackupArn }, { caller, backups, statistics }: DynamoDBScope) {
    const backup = await backups.describe(caller, BackupArn!);
    return { BackupDescription: describe(backup, await statistics.sizeOfBackup(backup)) };
  },
});
