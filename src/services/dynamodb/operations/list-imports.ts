import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import type { DynamoDBScope } from '../scope.ts';

/** Imports come from S3, which is not built, so nobody has made one. */
export const listImports = operation(model.ListImports, {
  handle: (_input, _scope: DynamoDBScope) => ({ ImportSummaryList: [] }),
});
