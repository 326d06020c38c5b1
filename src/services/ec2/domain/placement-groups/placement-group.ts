import type { CreatePlacementGroupRequest, PlacementGroup } from '@aws-sdk/client-ec2';
import { arnOf } from '../../../../kernel/arn.ts';
import * as errors from '../../errors.ts';
import * as launchErrors from '../../launch-errors.ts';
import type { Ec2Scope } from '../../scope.ts';
import { oneOf } from '../launch/settings.ts';
import type { Used } from '../network/recorded.ts';
import type { Place } from '../place.ts';

export interface PlacementGroupRecord extends Used {
  readonly id: string;
  readonly name: string;
  readonly strategy: 'cluster' | 'spread' | 'partition';
  /** Of the strategy partition only. */
  readonly partitions?: number;
  /** Of the strategy spread only. */
  readonly spreadLevel?: 'rack';
}

const MAX_NAME_LENGTH = 255;
const MAX_PARTITIONS = 7;
const DEFAULT_PARTITIONS = 2;

/** @throws MissingParameter, InvalidParameterValue, InvalidParameterCombination, UnsupportedOperation */
export function readPlacementGroup(
  input: CreatePlacementGroupRequest,
): Omit<PlacementGroupRecord, 'id'> {
  const { GroupName: name, PartitionCount, SpreadLevel } = input;
  if (!name) throw errors.missingParameter('groupName');
  if (name.length > MAX_NAME_LENGTH || !/^[\x20-\x7e]+$/.test(name) || name.trim() !== name) {
    throw errors.invalidValue(
      name.slice(0, MAX_NAME_LENGTH),
      'groupName',
      'Up to 255 ASCII characters are allowed.',
    );
  }
  const strategy = oneOf(
    ['cluster', 'spread', 'partition'],
    input.Strategy ?? 'cluster',
    'strategy',
  );
  if (strategy !== 'partition' && PartitionCount !== undefined) {
    throw errors.combination('PartitionCount is valid with the strategy partition only.');
  }
  if (strategy !== 'spread' && SpreadLevel !== undefined) {
    throw errors.combination('SpreadLevel is valid with the strategy spread only.');
  }
  if (SpreadLevel === 'host') {
    throw errors.unsupported('Alacarte has no Outposts, which the spread level host is for.');
  }
  if (strategy === 'partition') return { name, strategy, partitions: partitions(PartitionCount) };
  if (strategy === 'cluster') return { name, strategy };
  return { name, strategy, spreadLevel: oneOf(['rack'], SpreadLevel ?? 'rack', 'spreadLevel') };
}

function partitions(count = DEFAULT_PARTITIONS): number {
  if (count < 1 || count > MAX_PARTITIONS) {
    throw errors.invalidValue(count, 'partitionCount', `Between 1 and ${MAX_PARTITIONS} expected.`);
  }
  return count;
}

/** A group as the wire shows it, without tags. */
export function wirePlacementGroup(group: PlacementGroupRecord, place: Place): PlacementGroup {
  return {
    GroupId: group.id,
    GroupName: group.name,
    GroupArn: arnOf(place, 'ec2', `placement-group/${group.name}`),
    State: 'available',
    Strategy: group.strategy,
    ...(group.partitions !== undefined && { PartitionCount: group.partitions }),
    ...(group.spreadLevel !== undefined && { SpreadLevel: group.spreadLevel }),
    Operator: { Managed: false },
  };
}

/** @throws InvalidPlacementGroup.Unknown */
export async function namedGroup(
  name: string | undefined,
  { caller, placementGroups }: Pick<Ec2Scope, 'caller' | 'placementGroups'>,
): Promise<PlacementGroupRecord> {
  if (!name) throw errors.missingParameter('groupName');
  const group = await placementGroups.named(caller, name);
  if (!group) throw launchErrors.placementGroupUnknown(name);
  return group;
}
