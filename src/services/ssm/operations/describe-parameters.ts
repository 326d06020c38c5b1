import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ssm.ts';
import { passes } from '../domain/filters.ts';
import { describeVersion } from '../domain/metadata.ts';
import { pageOf } from '../domain/pages.ts';
import * as errors from '../errors.ts';
import type { SsmScope } from '../scope.ts';

const MAX_PAGE = 50;
const KEYS = ['Name', 'Type', 'KeyId', 'Path', 'Label', 'Tier', 'DataType', 'tag'];

/** The account's own parameters without their values; no account can share one with another yet. */
export const describeParameters = operation(model.DescribeParameters, {
  async handle(input, { caller, parameters }: SsmScope) {
    const { Filters: simple, ParameterFilters: filters } = input;
    if (simple && filters) {
      throw errors.validation(
        'You can use either Filters or ParameterFilters in a single request.',
      );
    }
    if (input.Shared) throw errors.parameterNotImplemented('DescribeParameters', 'Shared');
    // the older form compares names by their beginning
    const older = simple?.map(({ Key, Values }) => ({
      ...{ Key, Values },
      Option: Key === 'Name' ? 'BeginsWith' : 'Equals',
    }));
    const passing = (await parameters.owned.list(caller)).filter(passes(filters ?? older, KEYS));
    const { records, ...more } = pageOf(passing, input, MAX_PAGE);
    const Parameters = records.map((record) => ({
      ...describeVersion(record, record.latest),
      ARN: record.arn,
    }));
    return { Parameters, ...more };
  },
});
