import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ssm.ts';
import { onParameters } from '../domain/permissions.ts';
import * as errors from '../errors.ts';
import type { SsmScope } from '../scope.ts';

export const deleteParameter = operation(model.DeleteParameter, {
  authorize: (input, { caller }: SsmScope) => onParameters('DeleteParameter', [input.Name], caller),
  async handle({ Name = '' }, { caller, parameters }) {
    await parameters.owned.change(caller, Name, (standing) => {
      if (!standing) throw errors.parameterNotFound();
      return undefined;
    });
    return {};
  },
});
