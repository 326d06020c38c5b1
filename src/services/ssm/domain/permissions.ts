import type { Permission } from '../../../kernel/operation.ts';
import type { Caller } from '../../../kernel/caller.ts';
import { parameterArn, parseReference } from './parameter-name.ts';

/** Leave to do `action` with each of these parameters. */
export function onParameters(
  action: string,
  names: readonly (string | undefined)[] | undefined,
  caller: Caller,
): Permission[] {
  return (names ?? []).map((name = '') => ({
    action: `ssm:${action}`,
    resource: parameterArn(caller, parseReference(name).name),
  }));
}
