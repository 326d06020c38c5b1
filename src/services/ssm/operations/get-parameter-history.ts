import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ssm.ts';
import { describeVersion } from '../domain/metadata.ts';
import { labelsOf } from '../domain/parameter-record.ts';
import { onParameters } from '../domain/permissions.ts';
import * as errors from '../errors.ts';
import type { SsmScope } from '../scope.ts';

const MAX_PAGE = 50;

/** The versions that are kept, oldest first. */
export const getParameterHistory = operation(model.GetParameterHistory, {
  authorize: (input, { caller }: SsmScope) =>
    onParameters('GetParameterHistory', [input.Name], caller),
  async handle(input, { caller, parameters }) {
    const { Name = '', MaxResults = MAX_PAGE, NextToken = '0' } = input;
    if (!/^\d+$/.test(NextToken)) throw errors.invalidNextToken();
    const record = await parameters.owned.find(caller, Name);
    if (!record) throw errors.parameterNotFound();
    const history = await parameters.owned.history(caller, record);
    const rest = history.filter(({ version }) => version > Number(NextToken));
    const page = rest.slice(0, MaxResults);
    const Parameters = await Promise.all(
      page.map(async (version) => ({
        ...describeVersion(record, version),
        Value: await parameters.value(caller, record.arn, version, input.WithDecryption ?? false),
        Labels: labelsOf(record, version.version),
      })),
    );
    return {
      Parameters,
      ...(page.length < rest.length && { NextToken: String(page.at(-1)!.version) }),
    };
  },
});
