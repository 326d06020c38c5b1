import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { describeTable } from '../domain/describe-table.ts';
import { newTable } from '../domain/new-table.ts';
import { checkTableName } from '../domain/parameters.ts';
import { restoreInput } from '../domain/restored-table.ts';
import { isPartlyRecorded, tableArn } from '../domain/table.ts';
import { invalidParameters } from '../errors.ts';
import { tableWithoutBackups } from '../table-errors.ts';
import type { DynamoDBScope } from '../scope.ts';

export const restoreTableToPointInTime = operation(model.RestoreTableToPointInTime, {
  authorize: ({ SourceTableArn, SourceTableName = '*' }, { caller }: DynamoDBScope) => ({
    action: 'dynamodb:RestoreTableToPointInTime',
    resource: SourceTableArn ?? tableArn(caller, SourceTableName),
  }),
  async handle(input, { caller, clock, ids, realize, restores, tables }: DynamoDBScope) {
    const { SourceTableArn, SourceTableName, UseLatestRestorableTime, RestoreDateTime } = input;
    const name = checkTableName(input.TargetTableName);
    if ((SourceTableArn === undefined) === (SourceTableName === undefined)) {
      throw invalidParameters(
        'Exactly one of SourceTableArn and SourceTableName must be specified',
      );
    }
    if (!UseLatestRestorableTime === (RestoreDateTime === undefined)) {
      throw invalidParameters(
        'Exactly one of UseLatestRestorableTime and RestoreDateTime must be specified',
      );
    }
    const nameOrArn = SourceTableArn ?? SourceTableName!;
    const source = await tables.find(caller, nameOrArn);
    if (!source) throw tableWithoutBackups(nameOrArn);
    const asked = newTable(restoreInput(source, name, input), caller, { clock, ids });
    const moment = RestoreDateTime?.getTime() ?? 'latest';
    const table = await restores.toPointInTime(caller, source, asked, moment);
    if (isPartlyRecorded(table)) realize('recorded');
    return { TableDescription: describeTable(table, clock.now()) };
  },
});
