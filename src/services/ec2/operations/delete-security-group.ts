import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onGroup } from '../domain/security-groups/permission.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';
import { realizeNetwork } from '../domain/data-plane/carried.ts';

/** Refused while an instance, interface or endpoint is in the group or another group's rule refers to it. */
export const deleteSecurityGroup = operation(model.DeleteSecurityGroup, {
  authorize: (input, { caller }: Ec2Scope) => onGroup('DeleteSecurityGroup', input.GroupId, caller),
  async handle(input, scope) {
    realizeNetwork(scope);
    const { caller, securityGroups } = scope;
    const group = await securityGroups.named(caller, input);
    if (group.GroupName === 'default') throw errors.defaultGroupStays(group.GroupId);
    await securityGroups.remove(caller, group, async () => {
      if (await isUsed(group.GroupId, scope)) throw errors.dependentObject(group.GroupId);
    });
    return { Return: true, GroupId: group.GroupId };
  },
});

async function isUsed(groupId: string, { caller, instances, networks }: Ec2Scope) {
  const members = (await instances.list(caller)).filter(({ state }) => state !== 'terminated');
  const rules = await networks.list('security-group-rule', caller);
  const interfaces = await networks.list('network-interface', caller);
  const endpoints = await networks.list('vpc-endpoint', caller);
  const doors = await networks.list('instance-connect-endpoint', caller);
  return (
    [...interfaces, ...endpoints, ...doors].some(({ Groups }) =>
      Groups.some(({ GroupId }) => GroupId === groupId),
    ) ||
    members.some(({ network }) => network.groups.some(({ id }) => id === groupId)) ||
    rules.some(
      ({ GroupId, ReferencedGroupInfo }) =>
        GroupId !== groupId && ReferencedGroupInfo?.GroupId === groupId,
    )
  );
}
