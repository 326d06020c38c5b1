import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

/** The names that addresses resolve back to: none, as none can be given yet. */
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
    const Addresses = found.map(({ PublicIp, AllocationId }) => ({ PublicIp, AllocationId }));
    return { Addresses, NextToken };
  },
});
