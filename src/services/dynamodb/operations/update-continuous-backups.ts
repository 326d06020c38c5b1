import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { MAX_RECOVERY_DAYS, describeContinuousBackups } from '../domain/continuous-backups.ts';
import { advance, nextSequence } from '../domain/journal.ts';
import { checkTableName } from '../domain/parameters.ts';
import type { Table } from '../domain/table.ts';
import { isUsable } from '../domain/table.ts';
import { tableNameOf } from '../domain/tables.ts';
import { invalidParameters } from '../errors.ts';
import { backupsUnavailable, tableWithoutBackups } from '../table-errors.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

export const updateContinuousBackups = operation(model.UpdateContinuousBackups, {
  authorize: onTable('UpdateContinuousBackups'),
  async handle(input, { caller, clock, tables }: DynamoDBScope) {
    const nameOrArn = checkTableName(input.TableName);
    const name = tableNameOf(caller, nameOrArn);
    if (name === undefined) throw tableWithoutBackups(nameOrArn);
    const { PointInTimeRecoveryEnabled: enabled, RecoveryPeriodInDays: days } =
      input.PointInTimeRecoverySpecification!;
    if (!enabled && days !== undefined) {
      throw invalidParameters(
        'RecoveryPeriodInDays can only be specified when PointInTimeRecoveryEnabled is true',
      );
    }
    const updated = await tables.change(caller, name, (table, head) => {
      if (!table) throw tableWithoutBackups(nameOrArn);
      if (!isUsable(table)) throw backupsUnavailable(name);
      const nowMs = clock.now();
      const next = enabled ? recoverable(table, nowMs, days) : unrecoverable(table);
      return { table: next, writes: [advance(table.id, nextSequence(head, nowMs))] };
    });
    return { ContinuousBackupsDescription: describeContinuousBackups(updated!, clock.now()) };
  },
});

/** One that can be recovered already stays so, from when it could. */
function recoverable(table: Table, nowMs: number, days: number | undefined): Table {
  const { sinceMs = nowMs, days: standing = MAX_RECOVERY_DAYS } = table.recovery ?? {};
  return { ...table, recovery: { sinceMs, days: days ?? standing } };
}

function unrecoverable({ recovery: _off, ...table }: Table): Table {
  return table;
}
