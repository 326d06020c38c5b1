import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { onResource, tableInArn } from '../domain/resource-arn.ts';
import { policyNotFound } from '../table-errors.ts';
import type { DynamoDBScope } from '../scope.ts';

export const getResourcePolicy = operation(model.GetResourcePolicy, {
  recorded: true,
  authorize: onResource('GetResourcePolicy'),
  async handle({ ResourceArn }, { caller, tables }: DynamoDBScope) {
    const { policy } = await tables.describe(caller, tableInArn(caller, ResourceArn));
    if (!policy) throw policyNotFound(ResourceArn!);
    return { Policy: policy.document, RevisionId: policy.revisionId };
  },
});
