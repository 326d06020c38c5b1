import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** A group is referred to in its own VPC only, and not from the other side of a peering connection. */
export const describeSecurityGroupReferences = operation(model.DescribeSecurityGroupReferences, {
  async handle({ GroupId: ids = [] }, { caller, networks }: Ec2Scope) {
    if (ids.length === 0) throw errors.missingParameter('GroupId');
    checkIds(kinds.securityGroup, ids);
    const groups = await networks.list('security-group', caller);
    const missing = ids.filter((id) => !groups.some(({ GroupId }) => GroupId === id));
    if (missing.length > 0) throw kinds.securityGroup.notFound(missing);
    return { SecurityGroupReferenceSet: [] };
  },
});
