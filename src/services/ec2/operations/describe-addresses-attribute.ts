import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { wireReverseName } from '../domain/elastic-ips/reverse-names.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

/** The names that addresses resolve back to, where they were given some. */
export const describeAddressesAttribute = operation(model.DescribeAddressesAttribute, {
  recorded: true,
  async handle(input, { caller, networks }: Ec2Scope) {
    const all = await networks.list('elastic-ip', caller);
    const { MaxResults, NextToken: token } = input;
    const { found, NextToken } = select(
      all,
      { MaxResults, NextToken: token },
      {
        id: (address) => address.AllocationId,
        ids: { kind: kinds.elasticIp, given: input.AllocationIds },
        filters: {},
        page: { min: 1, max: 1000 },
      },
    );
    const isAsked = input.Attribute === 'domain-name';
    const Addresses = found.map(({ ptrRecord, ...address }) =>
      wireReverseName({ ...address, ...(isAsked && ptrRecord !== undefined && { ptrRecord }) }),
    );
    return { Addresses, NextToken };
  },
});
