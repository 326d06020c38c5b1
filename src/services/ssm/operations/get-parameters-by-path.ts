import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ssm.ts';
import { isBelow, passes } from '../domain/filters.ts';
import { pageOf } from '../domain/pages.ts';
import { onParameters } from '../domain/permissions.ts';
import * as errors from '../errors.ts';
import type { SsmScope } from '../scope.ts';

const MAX_PAGE = 10;

/** Those directly below the path, or with `Recursive` all below it. A path without any is no error. */
export const getParametersByPath = operation(model.GetParametersByPath, {
  authorize: (input, { caller }: SsmScope) =>
    onParameters('GetParametersByPath', [input.Path], caller),
  async handle(input, { caller, parameters }) {
    const { Path: path = '', Recursive: recursive = false, WithDecryption = false } = input;
    if (!path.startsWith('/')) {
      throw errors.validation(
        'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/".',
      );
    }
    const passesAll = passes(input.ParameterFilters, ['Type', 'KeyId', 'Label']);
    const below = (await parameters.list(caller)).filter(
      (record) => isBelow(record.name, path, recursive) && passesAll(record),
    );
    const { records, ...more } = pageOf(below, input, MAX_PAGE);
    const Parameters = await Promise.all(
      records.map((record) => parameters.show(caller, record, record.latest, WithDecryption)),
    );
    return { Parameters, ...more };
  },
});
