import type { PrincipalIdFormat } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { idFormats } from '../domain/long-ids.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

/** Nobody can choose otherwise than root, so nobody has. */
export const describePrincipalIdFormat = operation(model.DescribePrincipalIdFormat, {
  handle({ Resources = [], MaxResults, NextToken: token }, _scope: Ec2Scope) {
    for (const each of Resources) idFormats(each);
    const none: PrincipalIdFormat[] = [];
    const { found, NextToken } = select(
      none,
      { MaxResults, NextToken: token },
      { id: ({ Arn }) => Arn, filters: {}, page: { min: 1, max: 1000 } },
    );
    return { Principals: found, NextToken };
  },
});
