import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { checkTableName } from '../domain/parameters.ts';
import { tableWithoutBackups } from '../errors.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

/** AWS calls continuous backups enabled on every table; restoring takes recovery to be enabled too. */
export const describeContinuousBackups = operation(model.DescribeContinuousBackups, {
  authorize: onTable('DescribeContinuousBackups'),
  async handle(input, { caller, tables, realize }: DynamoDBScope) {
    const nameOrArn = checkTableName(input.TableName);
    if (!(await tables.find(caller, nameOrArn))) throw tableWithoutBackups(nameOrArn);
    realize('recorded');
    return {
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: 'ENABLED' as const,
        PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' as const },
      },
    };
  },
});
