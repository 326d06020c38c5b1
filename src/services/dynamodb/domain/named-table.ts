import type { Caller } from '../../../kernel/caller.ts';
import { tableNotFound } from '../errors.ts';
import { checkTableName } from './parameters.ts';
import { tableNameOf } from './tables.ts';

/**
 * The name of the table that a control operation's `TableName` means: a name or an ARN.
 *
 * @throws AwsError `ResourceNotFoundException` for an ARN of another account or region
 */
export function namedTable(caller: Caller, nameOrArn: string | undefined): string {
  const checked = checkTableName(nameOrArn);
  const name = tableNameOf(caller, checked);
  if (name === undefined) throw tableNotFound(checked);
  return name;
}
