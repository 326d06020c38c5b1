import type { Caller } from '../../../kernel/caller.ts';
import type { Permission } from '../../../kernel/operation.ts';
import { arnNotFound, invalidParameters } from '../errors.ts';
import { tableNameOf } from './tables.ts';

const ARN = /^arn:[a-z-]+:dynamodb:[a-z0-9-]+:\d{12}:table\/[a-zA-Z0-9_.-]{3,255}(\/.+)?$/;

/** Leave to do `operation` on the table whose ARN the request gives. */
export function onResource(operation: string) {
  return ({ ResourceArn = '*' }: { readonly ResourceArn?: string | undefined }): Permission => ({
    action: `dynamodb:${operation}`,
    resource: ResourceArn,
  });
}

/**
 * The name of the table whose ARN a request gives.
 *
 * @throws AwsError `ResourceNotFoundException` for one of another account or region
 */
export function tableInArn(caller: Caller, arn = ''): string {
  if (!arn.startsWith('arn:')) throw invalidParameters(`ARNs must start with 'arn:': ${arn}`);
  const parts = ARN.exec(arn);
  if (!parts) throw invalidParameters(`Provided Arn is not a DynamoDB resource arn: ${arn}`);
  if (parts[1] !== undefined) {
    throw invalidParameters(
      `Invalid resource arn provided, only table or stream is accepted. Provided resource arn: ${arn}`,
    );
  }
  const name = tableNameOf(caller, arn);
  if (name === undefined) throw arnNotFound(arn);
  return name;
}
