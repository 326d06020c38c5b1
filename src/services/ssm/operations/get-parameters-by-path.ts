import type { Parameter, ParameterStringFilter } from '@aws-sdk/client-ssm';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ssm.ts';
import { onParameters } from '../domain/permissions.ts';
import * as errors from '../errors.ts';
import type { SsmScope } from '../scope.ts';

const MAX_PAGE = 10;

/** Those directly below the path, or with `Recursive` all below it. A path without any is no error. */
export const getParametersByPath = operation(model.GetParametersByPath, {
  authorize: (input, { caller }: SsmScope) =>
    onParameters('GetParametersByPath', [input.Path], caller),
  handle(input, { caller, parameters }) {
    if (!input.Path?.startsWith('/')) {
      throw errors.validation(
        'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/".',
      );
    }
    const below = input.Path.endsWith('/') ? input.Path : `${input.Path}/`;
    const after = input.NextToken ? decodeToken(input.NextToken) : '';
    const matching = parameters
      .list(caller.region)
      .filter(({ Name = '' }) => Name.startsWith(below) && Name > after)
      .filter(({ Name = '' }) => input.Recursive || !Name.slice(below.length).includes('/'))
      .filter(passes(input.ParameterFilters));
    const page = matching.slice(0, Math.min(input.MaxResults ?? MAX_PAGE, MAX_PAGE));
    const last = page.at(-1)?.Name;
    return {
      Parameters: page,
      ...(page.length < matching.length && last && { NextToken: encodeToken(last) }),
    };
  },
});

function passes(filters: readonly ParameterStringFilter[] | undefined) {
  for (const { Key } of filters ?? []) {
    if (!['Type', 'KeyId', 'Label'].includes(Key ?? '')) {
      throw errors.invalidFilter(
        `The following filter key is not valid: ${Key}. Valid filter keys include: [Type, KeyId, Label].`,
      );
    }
  }
  return (parameter: Parameter): boolean =>
    (filters ?? []).every(
      ({ Key, Option, Values = [] }) =>
        // Public parameters have neither keys nor labels.
        Key === 'Type' &&
        Values.some((value) =>
          Option === 'BeginsWith' ? parameter.Type?.startsWith(value) : parameter.Type === value,
        ),
    );
}

function encodeToken(name: string): string {
  return Buffer.from(name).toString('base64');
}

function decodeToken(token: string): string {
  const name = Buffer.from(token, 'base64').toString();
  if (!name.startsWith('/')) throw errors.invalidNextToken();
  return name;
}
