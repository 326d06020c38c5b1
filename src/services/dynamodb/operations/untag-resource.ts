import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { onResource, tableInArn } from '../domain/resource-arn.ts';
import { withoutTags } from '../domain/tags.ts';
import { arnNotFound, validation } from '../errors.ts';
import type { DynamoDBScope } from '../scope.ts';

export const untagResource = operation(model.UntagResource, {
  authorize: onResource('UntagResource'),
  async handle({ ResourceArn, TagKeys = [] }, { caller, tables }: DynamoDBScope) {
    if (TagKeys.length === 0) {
      throw validation('Atleast one Tag Key needs to be provided as Input.');
    }
    await tables.change(caller, tableInArn(caller, ResourceArn), (table) => {
      if (!table) throw arnNotFound(ResourceArn!);
      return { table: { ...table, tags: withoutTags(table.tags, TagKeys) } };
    });
    return {};
  },
});
