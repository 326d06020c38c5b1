import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import type { DynamoDBScope } from '../scope.ts';

/** Exports go to S3, which is not built, so nobody has made one. */
export const listExports = operation(model.ListExports, {
  handle: (_input, _scope: DynamoDBScope) => ({ ExportSummaries: [] }),
});
