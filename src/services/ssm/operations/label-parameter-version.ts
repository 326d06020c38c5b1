import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ssm.ts';
import { isValidLabel, withLabels } from '../domain/labels.ts';
import { onParameters } from '../domain/permissions.ts';
import * as errors from '../errors.ts';
import type { SsmScope } from '../scope.ts';

/** Labels the latest version unless another is named. */
export const labelParameterVersion = operation(model.LabelParameterVersion, {
  authorize: (input, { caller }: SsmScope) =>
    onParameters('LabelParameterVersion', [input.Name], caller),
  async handle({ Name = '', ParameterVersion, Labels = [] }, { caller, parameters }) {
    let labelled = 0;
    await parameters.owned.change(caller, Name, (standing) => {
      if (!standing) throw errors.parameterNotFound();
      labelled = ParameterVersion ?? standing.latest.version;
      return withLabels(standing, labelled, Labels.filter(isValidLabel));
    });
    return {
      InvalidLabels: Labels.filter((label) => !isValidLabel(label)),
      ParameterVersion: labelled,
    };
  },
});
