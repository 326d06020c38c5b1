import type { InstanceTypeInfo, Placement } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import * as launchErrors from '../../launch-errors.ts';
import type { Ec2Scope } from '../../scope.ts';
import type { Instance } from '../instances/instance.ts';
import { set } from '../../../../storage/records.ts';
import type { PutToUse } from '../network/put-to-use.ts';
import type { Used } from '../network/recorded.ts';
import { namedGroup, type PlacementGroupRecord } from './placement-group.ts';

/** The group that a launch's instances join, and the partition where one is asked for. */
export interface PlacementPlan {
  readonly group: PlacementGroupRecord;
  readonly partition?: number;
}

/**
 * @param zone where the instances will be
 * @throws InvalidPlacementGroup.Unknown, InvalidPlacementGroup.InUse, InvalidParameterCombination,
 * InvalidParameterValue
 */
export async function choosePlacement(
  asked: Placement | undefined,
  type: InstanceTypeInfo,
  zone: string,
  scope: Pick<Ec2Scope, 'caller' | 'placementGroups' | 'instances'>,
): Promise<PlacementPlan | undefined> {
  const { GroupName, GroupId, PartitionNumber: partition } = asked ?? {};
  if (GroupName && GroupId) {
    throw errors.combination('You may specify a placement group ID or a name, but not both.');
  }
  if (!GroupName && !GroupId) {
    if (partition === undefined) return undefined;
    throw errors.combination('PartitionNumber is valid with a partition placement group only.');
  }
  const group = GroupId
    ? await scope.placementGroups.find(scope.caller, GroupId)
    : await namedGroup(GroupName, scope);
  const strategies = type.PlacementGroupInfo?.SupportedStrategies ?? [];
  if (!strategies.includes(group.strategy)) {
    throw errors.combination(
      `${group.strategy === 'cluster' ? 'Cluster placement' : 'Placement'} groups may not be used with instances of type '${type.InstanceType}'.`,
    );
  }
  if (group.strategy === 'cluster') await checkZone(group, zone, scope);
  if (partition === undefined) return { group };
  const { partitions = 0 } = group;
  if (partition < 1 || partition > partitions) {
    throw errors.invalidValue(
      partition,
      'partitionNumber',
      `The placement group has ${partitions} partitions.`,
    );
  }
  return { group, partition };
}

async function checkZone(
  group: PlacementGroupRecord,
  zone: string,
  scope: Pick<Ec2Scope, 'caller' | 'instances'>,
): Promise<void> {
  const elsewhere = (await membersOf(group, scope)).find(({ network }) => network.zone !== zone);
  if (elsewhere) throw launchErrors.placementGroupElsewhere(group.name, elsewhere.network.zone);
}

/** The instances of a group that are not terminated. */
export async function membersOf(
  { id }: PlacementGroupRecord,
  { caller, instances }: Pick<Ec2Scope, 'caller' | 'instances'>,
): Promise<Instance[]> {
  const all = await instances.list(caller);
  return all.filter(({ placement, state }) => placement?.groupId === id && state !== 'terminated');
}

/** What an instance records of its placement: those without a partition of their own take turns. */
export function placementAt(
  { group, partition }: PlacementPlan,
  launchIndex: number,
): Instance['placement'] {
  const taken = partition ?? (group.partitions && (launchIndex % group.partitions) + 1);
  return { groupId: group.id, groupName: group.name, ...(taken && { partition: taken }) };
}

/** Nobody deletes the group between a look at its members and the launch. */
export function joinGroup(
  plan: PlacementPlan | undefined,
  { caller, placementGroups }: Pick<Ec2Scope, 'caller' | 'placementGroups'>,
): PutToUse {
  if (!plan) return { slots: [], writes: () => [] };
  const slot = placementGroups.at(caller, plan.group.id);
  return {
    slots: [slot],
    writes: ([found]) => {
      const group = found as (PlacementGroupRecord & Used) | undefined;
      if (!group) throw launchErrors.placementGroupUnknown(plan.group.name);
      return [set(slot, { ...group, revision: (group.revision ?? 0) + 1 })];
    },
  };
}
