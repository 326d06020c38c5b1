import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { onResource, tableInArn } from '../domain/resource-arn.ts';
import { newPolicy, withPolicy } from '../domain/resource-policy.ts';
import { tableNotFound } from '../errors.ts';
import type { DynamoDBScope } from '../scope.ts';

export const putResourcePolicy = operation(model.PutResourcePolicy, {
  recorded: true,
  authorize: onResource('PutResourcePolicy'),
  async handle({ ResourceArn, Policy, ExpectedRevisionId }, scope: DynamoDBScope) {
    const { caller, clock, tables } = scope;
    const name = tableInArn(caller, ResourceArn);
    const policy = newPolicy(Policy!, clock.now());
    const changed = await tables.change(caller, name, (table) => {
      if (!table) throw tableNotFound(name);
      return { table: withPolicy(table, policy, ExpectedRevisionId) };
    });
    return { RevisionId: changed!.policy!.revisionId };
  },
});
