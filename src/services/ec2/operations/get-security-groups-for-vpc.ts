import type { SecurityGroupForVpc } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import type { Filters } from '../domain/filters.ts';
import { onResource } from '../domain/permission.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<SecurityGroupForVpc> = {
  description: (group) => group.Description,
  'group-id': (group) => group.GroupId,
  'group-name': (group) => group.GroupName,
  'owner-id': (group) => group.OwnerId,
  'primary-vpc-id': (group) => group.PrimaryVpcId,
};

export const getSecurityGroupsForVpc = operation(model.GetSecurityGroupsForVpc, {
  recorded: isOnlyRecorded,
  authorize: ({ VpcId }, { caller }: Ec2Scope) =>
    onResource('GetSecurityGroupsForVpc', kinds.vpc, VpcId, caller),
  async handle(input, { caller, networks, tags }) {
    const { VpcId } = input;
    if (!VpcId) throw errors.missingParameter('VpcId');
    checkIds(kinds.vpc, [VpcId]);
    if (!(await networks.get('vpc', caller, VpcId))) throw kinds.vpc.notFound([VpcId]);
    const groups = (await networks.list('security-group', caller))
      .filter((group) => group.VpcId === VpcId)
      .map(({ Description, GroupName, OwnerId, GroupId }) => ({
        ...{ Description, GroupName, OwnerId, GroupId },
        PrimaryVpcId: VpcId,
      }));
    const all = await tags.join(caller, groups, ({ GroupId }) => GroupId);
    const { found, NextToken } = select(all, input, { id: ({ GroupId }) => GroupId, filters });
    return { SecurityGroupForVpcs: found, NextToken };
  },
});
