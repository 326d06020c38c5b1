import type { Caller } from '../../../kernel/caller.ts';
import type { Permission } from '../../../kernel/operation.ts';
import { arnNotFound, invalidParameters } from '../errors.ts';
import { tableNameOf } from './tables.ts';

const TABLE_ARN = /^arn:[a-z-]+:dynamodb:[a-z0-9-]+:\d{12}:table\/[a-zA-Z0-9_.-]{3,255}$/;

/** Leave to do `operation` on the table whose ARN the request gives. */
export function onResource(operation: string) {
  return ({ ResourceArn = '*' }: { readonly ResourceArn?: string | undefined }): Permission => ({
    action: `dynamodb:${operation}`,
    resource: ResourceArn,
  });
}

/** The name of the table that the tagging operations name by its ARN. */
export function taggedTable(caller: Caller, arn: string | undefined): string {
  if (arn === undefined || !TABLE_ARN.test(arn)) {
    throw invalidParameters(`Invalid TableArn: Invalid ResourceArn provided as input ${arn}`);
  }
  const name = tableNameOf(caller, arn);
  if (name === undefined) throw arnNotFound(arn);
  return name;
}
