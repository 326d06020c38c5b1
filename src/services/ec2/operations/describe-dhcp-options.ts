import type { DhcpOptions } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<DhcpOptions> = {
  'dhcp-options-id': (options) => options.DhcpOptionsId,
  key: (options) => options.DhcpConfigurations?.map((each) => each.Key),
  value: (options) =>
    options.DhcpConfigurations?.flatMap((each) => each.Values?.map((item) => item.Value)),
  'owner-id': (options) => options.OwnerId,
};

export const describeDhcpOptions = operation(model.DescribeDhcpOptions, {
  async handle(input, scope: Ec2Scope) {
    scope.realize('recorded');
    const recorded = await scope.networks.list('dhcp-options', scope.caller);
    const all = await scope.tags.join(scope.caller, recorded, (options) => options.DhcpOptionsId);
    const { found, NextToken } = select(all, input, {
      id: (options) => options.DhcpOptionsId,
      ids: { kind: kinds.dhcpOptions, given: input.DhcpOptionsIds },
      filters,
    });
    return { DhcpOptions: found, NextToken };
  },
});
