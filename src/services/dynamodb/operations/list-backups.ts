import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import type { Backup } from '../domain/backups.ts';
import { summarizeBackup } from '../domain/describe-backup.ts';
import { checkTableName } from '../domain/parameters.ts';
import { tableNameOf } from '../domain/tables.ts';
import { validation } from '../errors.ts';
import type { DynamoDBScope } from '../scope.ts';

const MAX_BACKUPS = 100;

export const listBackups = operation(model.ListBackups, {
  async handle(input, { caller, backups, statistics }: DynamoDBScope) {
    const { TableName, BackupType = 'USER', Limit = MAX_BACKUPS } = input;
    const { TimeRangeLowerBound: from, TimeRangeUpperBound: to } = input;
    if (from && to && from.getTime() >= to.getTime()) {
      throw validation('TimeRangeLowerBound must be before TimeRangeUpperBound');
    }
    const name = TableName === undefined ? undefined : checkTableName(TableName);
    const tableName = name === undefined ? undefined : (tableNameOf(caller, name) ?? name);
    const matching = (await backups.list(caller, tableName)).filter(
      ({ type, createdAtMs }) =>
        (BackupType === 'ALL' || type === BackupType) &&
        (!from || createdAtMs >= from.getTime()) &&
        (!to || createdAtMs < to.getTime()),
    );
    const rest = behind(matching, input.ExclusiveStartBackupArn);
    const page = rest.slice(0, Limit);
    const sizes = await Promise.all(page.map((backup) => statistics.sizeOfBackup(backup)));
    return {
      BackupSummaries: page.map((backup, at) => summarizeBackup(backup, sizes[at]!)),
      ...(rest.length > Limit && { LastEvaluatedBackupArn: page.at(-1)!.arn }),
    };
  },
});

/** Goes on by order, so that a page may begin behind a backup that has been deleted meanwhile. */
function behind(backups: readonly Backup[], arn: string | undefined): readonly Backup[] {
  if (arn === undefined) return backups;
  return backups.filter((backup) => Buffer.compare(Buffer.from(backup.arn), Buffer.from(arn)) > 0);
}
