import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { onResource, taggedTable } from '../domain/tagged-table.ts';
import { withoutTags } from '../domain/tags.ts';
import { arnNotFound } from '../errors.ts';
import type { DynamoDBScope } from '../scope.ts';

export const untagResource = operation(model.UntagResource, {
  authorize: onResource('UntagResource'),
  async handle({ ResourceArn, TagKeys = [] }, { caller, tables }: DynamoDBScope) {
    await tables.change(caller, taggedTable(caller, ResourceArn), (table) => {
      if (!table) throw arnNotFound(ResourceArn!);
      return { table: { ...table, tags: withoutTags(table.tags, TagKeys) } };
    });
    return {};
  },
});
