import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { onResource, tableInArn } from '../domain/resource-arn.ts';
import { withoutPolicy } from '../domain/resource-policy.ts';
import { tableNotFound } from '../errors.ts';
import type { DynamoDBScope } from '../scope.ts';

export const deleteResourcePolicy = operation(model.DeleteResourcePolicy, {
  recorded: true,
  authorize: onResource('DeleteResourcePolicy'),
  async handle({ ResourceArn, ExpectedRevisionId }, { caller, tables }: DynamoDBScope) {
    const name = tableInArn(caller, ResourceArn);
    let RevisionId: string | undefined;
    await tables.change(caller, name, (table) => {
      if (!table) throw tableNotFound(name);
      RevisionId = table.policy?.revisionId;
      return { table: withoutPolicy(table, ExpectedRevisionId) };
    });
    return { RevisionId };
  },
});
