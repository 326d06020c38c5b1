import type { ModifyInstancePlacementRequest } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { checkFits, type HostPlacement } from '../domain/hosts/placement.ts';
import { instanceType } from '../domain/instance-types/instance-types.ts';
import type { Instance } from '../domain/instances/instance.ts';
import { checkStopped } from '../domain/instances/modify.ts';
import { namedInstance, onInstances } from '../domain/instances/named.ts';
import { oneOf } from '../domain/launch/settings.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { choosePlacement, joinGroup, placementAt } from '../domain/placement-groups/placement.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Where a stopped instance will be when it starts. */
export const modifyInstancePlacement = operation(model.ModifyInstancePlacement, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    onInstances('ModifyInstancePlacement', [input.InstanceId], caller),
  async handle(input, scope) {
    refuseMembers('ModifyInstancePlacement', input, ['HostResourceGroupArn']);
    const instance = await namedInstance(input.InstanceId, scope);
    const host = await changedHost(input, instance, scope);
    const group = await changedGroup(input, instance, scope);
    if (!host && !group) throw errors.missingParameter('Affinity');
    const after = await scope.instances.update(
      instance,
      (now) => {
        checkStopped(now);
        if (!group) return { ...now, ...host };
        const { placement: _, ...kept } = now;
        return { ...kept, ...group.placement, ...host };
      },
      group?.join,
    );
    if (!after) throw kinds.instance.notFound([instance.id]);
    return { Return: true };
  },
});

/** Undefined where the request says nothing of hosts. */
async function changedHost(
  { Tenancy, Affinity, HostId }: ModifyInstancePlacementRequest,
  instance: Instance,
  { caller, hosts }: Ec2Scope,
): Promise<{ host?: HostPlacement } | undefined> {
  const before = instance.host ? 'host' : 'default';
  const tenancy = oneOf(['default', 'dedicated', 'host'], Tenancy ?? before, 'tenancy');
  if (tenancy !== before) {
    // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-change-tenancy.html
    throw errors.unsupported(
      `The tenancy of the instance '${instance.id}' cannot be changed from ${before} to ${tenancy}.`,
    );
  }
  if (Affinity === undefined && HostId === undefined) {
    return Tenancy === undefined ? undefined : {};
  }
  if (!instance.host) {
    throw errors.combination('HostId and Affinity are valid with the tenancy host only.');
  }
  if (HostId !== undefined) {
    const { instanceType: type, network } = instance;
    checkFits(await hosts.find(caller, HostId), { instanceType: type, zone: network.zone });
  }
  const affinity = oneOf(['default', 'host'], Affinity ?? instance.host.affinity, 'affinity');
  return { host: { ...instance.host, affinity, ...(HostId !== undefined && { id: HostId }) } };
}

/** Undefined where the request says nothing of groups; an empty name is none. */
async function changedGroup(
  { GroupName, GroupId, PartitionNumber }: ModifyInstancePlacementRequest,
  instance: Instance,
  scope: Ec2Scope,
) {
  if (GroupName === undefined && GroupId === undefined && PartitionNumber === undefined) {
    return undefined;
  }
  if (GroupName === '' && !GroupId) return { placement: {}, join: joinGroup(undefined, scope) };
  const asked = {
    GroupId,
    PartitionNumber,
    // A partition alone is one of the group that it is in.
    GroupName: GroupName ?? (GroupId ? undefined : instance.placement?.groupName),
  };
  const type = instanceType(instance.instanceType)!;
  const plan = await choosePlacement(asked, type, instance.network.zone, scope);
  return {
    placement: plan ? { placement: placementAt(plan, 0) } : {},
    join: joinGroup(plan, scope),
  };
}
