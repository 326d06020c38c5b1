import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { onResource, tableInArn } from '../domain/resource-arn.ts';
import { arnNotFound } from '../errors.ts';
import type { DynamoDBScope } from '../scope.ts';

export const listTagsOfResource = operation(model.ListTagsOfResource, {
  authorize: onResource('ListTagsOfResource'),
  async handle({ ResourceArn }, { caller, tables }: DynamoDBScope) {
    const table = await tables.find(caller, tableInArn(caller, ResourceArn));
    if (!table) throw arnNotFound(ResourceArn!);
    return { Tags: Object.entries(table.tags).map(([Key, Value]) => ({ Key, Value })) };
  },
});
