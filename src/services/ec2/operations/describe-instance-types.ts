import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { instanceTypeFilters } from '../domain/instance-types/filters.ts';
import { instanceType, instanceTypes } from '../domain/instance-types/instance-types.ts';
import { select } from '../domain/select.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

const PAGE = { min: 5, max: 100 };

export const describeInstanceTypes = operation(model.DescribeInstanceTypes, {
  handle(input, _scope: Ec2Scope) {
    const names: readonly string[] = input.InstanceTypes ?? [];
    if (names.length > 0 && input.MaxResults !== undefined) {
      throw errors.combination(
        'The parameter instanceTypes cannot be used with the parameter maxResults',
      );
    }
    const unknown = names.filter((name) => !instanceType(name));
    if (unknown.length > 0) throw errors.invalidInstanceType(unknown.join(', '));
    // AWS gives a hundred at a time where the request does not say.
    const request =
      names.length > 0 ? input : { ...input, MaxResults: input.MaxResults ?? PAGE.max };
    const { found, NextToken } = select(instanceTypes(), request, {
      id: (type) => type.InstanceType,
      only: (type) => names.length === 0 || names.includes(type.InstanceType ?? ''),
      filters: instanceTypeFilters,
      page: PAGE,
    });
    return { InstanceTypes: found, NextToken };
  },
});
