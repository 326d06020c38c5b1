import type { StaleSecurityGroup } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** No group that a rule refers to can be deleted, and none is of another VPC: no rule becomes stale. */
export const describeStaleSecurityGroups = operation(model.DescribeStaleSecurityGroups, {
  async handle({ VpcId, MaxResults, NextToken: token }, { caller, networks }: Ec2Scope) {
    if (!VpcId) throw errors.missingParameter('VpcId');
    checkIds(kinds.vpc, [VpcId]);
    if (!(await networks.get('vpc', caller, VpcId))) throw kinds.vpc.notFound([VpcId]);
    const none: StaleSecurityGroup[] = [];
    const { found, NextToken } = select(
      none,
      { MaxResults, NextToken: token },
      { id: ({ GroupId }) => GroupId, filters: {}, page: { min: 5, max: 255 } },
    );
    return { StaleSecurityGroupSet: found, NextToken };
  },
});
