import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ssm.ts';
import { onParameters } from '../domain/permissions.ts';
import * as errors from '../errors.ts';
import type { SsmScope } from '../scope.ts';

export const getParameter = operation(model.GetParameter, {
  authorize: (input, { caller }: SsmScope) => onParameters('GetParameter', [input.Name], caller),
  async handle({ Name, WithDecryption = false }, { caller, parameters }) {
    if (!Name) throw errors.validation('Name must not be empty.');
    return { Parameter: await parameters.get(caller, Name, WithDecryption) };
  },
});
