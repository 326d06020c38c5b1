import type { Parameter } from '@aws-sdk/client-ssm';
import { AwsError } from '../../../kernel/aws-error.ts';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ssm.ts';
import { onParameters } from '../domain/permissions.ts';
import type { SsmScope } from '../scope.ts';

/** Names that are not found are listed beside those that are. */
export const getParameters = operation(model.GetParameters, {
  authorize: (input, { caller }: SsmScope) => onParameters('GetParameters', input.Names, caller),
  async handle(input, { caller, parameters }) {
    const Parameters: Parameter[] = [];
    const InvalidParameters: string[] = [];
    for (const name of new Set(input.Names)) {
      try {
        Parameters.push(await parameters.get(caller, name, input.WithDecryption ?? false));
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        InvalidParameters.push(name);
      }
    }
    return { Parameters, InvalidParameters };
  },
});
