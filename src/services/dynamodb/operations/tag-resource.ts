import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { onResource, tableInArn } from '../domain/resource-arn.ts';
import { withTags } from '../domain/tags.ts';
import { arnNotFound, validation } from '../errors.ts';
import type { DynamoDBScope } from '../scope.ts';

export const tagResource = operation(model.TagResource, {
  authorize: onResource('TagResource'),
  async handle({ ResourceArn, Tags = [] }, { caller, tables }: DynamoDBScope) {
    if (Tags.length === 0) throw validation('Atleast one Tag needs to be provided as Input.');
    await tables.change(caller, tableInArn(caller, ResourceArn), (table) => {
      if (!table) throw arnNotFound(ResourceArn!);
      return { table: { ...table, tags: withTags(table.tags, Tags, caller) } };
    });
    return {};
  },
});
