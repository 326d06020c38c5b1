import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import type { DynamoDBScope } from '../scope.ts';

const MAX_NAMES = 100;

export const listTables = operation(model.ListTables, {
  async handle({ ExclusiveStartTableName, Limit = MAX_NAMES }, scope: DynamoDBScope) {
    const { caller, tables } = scope;
    const names = await tables.names(caller, ExclusiveStartTableName, Limit + 1);
    const page = names.slice(0, Limit);
    return {
      TableNames: page,
      ...(names.length > Limit && { LastEvaluatedTableName: page.at(-1) }),
    };
  },
});
