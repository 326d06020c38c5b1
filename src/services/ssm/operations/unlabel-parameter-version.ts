import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ssm.ts';
import { withoutLabels } from '../domain/labels.ts';
import { labelsOf } from '../domain/parameter-record.ts';
import { onParameters } from '../domain/permissions.ts';
import * as errors from '../errors.ts';
import type { SsmScope } from '../scope.ts';

/** Labels that the version does not have are listed beside those that were removed. */
export const unlabelParameterVersion = operation(model.UnlabelParameterVersion, {
  authorize: (input, { caller }: SsmScope) =>
    onParameters('UnlabelParameterVersion', [input.Name], caller),
  async handle({ Name = '', ParameterVersion = 0, Labels = [] }, { caller, parameters }) {
    let had: readonly string[] = [];
    await parameters.owned.change(caller, Name, (standing) => {
      if (!standing) throw errors.parameterNotFound();
      had = labelsOf(standing, ParameterVersion);
      return withoutLabels(standing, ParameterVersion, Labels);
    });
    return {
      RemovedLabels: Labels.filter((label) => had.includes(label)),
      InvalidLabels: Labels.filter((label) => !had.includes(label)),
    };
  },
});
