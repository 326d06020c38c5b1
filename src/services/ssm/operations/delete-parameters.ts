import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ssm.ts';
import { onParameters } from '../domain/permissions.ts';
import type { SsmScope } from '../scope.ts';

/** Names that are not found are listed beside those that were deleted. */
export const deleteParameters = operation(model.DeleteParameters, {
  authorize: (input, { caller }: SsmScope) => onParameters('DeleteParameters', input.Names, caller),
  async handle({ Names = [] }, { caller, parameters }) {
    const DeletedParameters: string[] = [];
    const InvalidParameters: string[] = [];
    for (const name of new Set(Names)) {
      let found = false;
      await parameters.owned.change(caller, name, (standing) => {
        found = standing !== undefined;
        return undefined;
      });
      (found ? DeletedParameters : InvalidParameters).push(name);
    }
    return { DeletedParameters, InvalidParameters };
  },
});
