import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ssm.ts';
import { onParameters } from '../domain/permissions.ts';
import * as errors from '../errors.ts';
import type { SsmScope } from '../scope.ts';

export const getParameter = operation(model.GetParameter, {
  authorize: (input, { caller }: SsmScope) => onParameters('GetParameter', [input.Name], caller),
  handle(input, { caller, parameters }) {
    if (!input.Name) throw errors.validation('Name must not be empty.');
    return { Parameter: parameters.get(caller.region, input.Name) };
  },
});
