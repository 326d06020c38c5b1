import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { onResource, taggedTable } from '../domain/tagged-table.ts';
import { withTags } from '../domain/tags.ts';
import { arnNotFound } from '../errors.ts';
import type { DynamoDBScope } from '../scope.ts';

export const tagResource = operation(model.TagResource, {
  authorize: onResource('TagResource'),
  async handle({ ResourceArn, Tags = [] }, { caller, tables }: DynamoDBScope) {
    await tables.change(caller, taggedTable(caller, ResourceArn), (table) => {
      if (!table) throw arnNotFound(ResourceArn!);
      return { table: { ...table, tags: withTags(table.tags, Tags, caller) } };
    });
    return {};
  },
});
