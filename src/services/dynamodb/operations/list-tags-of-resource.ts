import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { onResource, taggedTable } from '../domain/tagged-table.ts';
import { arnNotFound } from '../errors.ts';
import type { DynamoDBScope } from '../scope.ts';

export const listTagsOfResource = operation(model.ListTagsOfResource, {
  authorize: onResource('ListTagsOfResource'),
  async handle({ ResourceArn }, { caller, tables }: DynamoDBScope) {
    const table = await tables.find(caller, taggedTable(caller, ResourceArn));
    if (!table) throw arnNotFound(ResourceArn!);
    return { Tags: Object.entries(table.tags).map(([Key, Value]) => ({ Key, Value })) };
  },
});
