import type { Tag } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import type { Targets } from './event-window.ts';

interface Asked {
  readonly InstanceIds?: readonly string[] | undefined;
  readonly DedicatedHostIds?: readonly string[] | undefined;
  readonly InstanceTags?: readonly Tag[] | undefined;
}

/**
 * What a request names, of one kind.
 *
 * @throws MissingParameter, InvalidParameterCombination
 */
export function targetsAsked(asked: Asked | undefined): Targets {
  const { InstanceIds = [], DedicatedHostIds = [], InstanceTags = [] } = asked ?? {};
  const given = [InstanceIds, DedicatedHostIds, InstanceTags].filter((each) => each.length > 0);
  if (given.length === 0) throw errors.missingParameter('AssociationTarget');
  if (given.length > 1) throw onlyOneKind();
  return { instanceIds: InstanceIds, hostIds: DedicatedHostIds, tags: InstanceTags };
}

/** @throws InvalidParameterCombination where they are of different kinds */
export function added(before: Targets, more: Targets): Targets {
  const after = {
    instanceIds: [...new Set([...before.instanceIds, ...more.instanceIds])],
    hostIds: [...new Set([...before.hostIds, ...more.hostIds])],
    tags: [...before.tags.filter((tag) => !has(more.tags, tag)), ...more.tags],
  };
  const kinds = Object.values(after).filter((each) => each.length > 0);
  if (kinds.length > 1) throw onlyOneKind();
  return after;
}

/** @throws InvalidParameterValue where one was not there */
export function removed(before: Targets, less: Targets): Targets {
  const missing =
    less.instanceIds.find((id) => !before.instanceIds.includes(id)) ??
    less.hostIds.find((id) => !before.hostIds.includes(id)) ??
    less.tags.find((tag) => !has(before.tags, tag))?.Key;
  if (missing !== undefined) {
    throw errors.invalidValue(missing, 'AssociationTarget', 'It is not associated.');
  }
  return {
    instanceIds: before.instanceIds.filter((id) => !less.instanceIds.includes(id)),
    hostIds: before.hostIds.filter((id) => !less.hostIds.includes(id)),
    tags: before.tags.filter((tag) => !has(less.tags, tag)),
  };
}

function has(tags: readonly Tag[], { Key, Value = '' }: Tag): boolean {
  return tags.some((each) => each.Key === Key && (each.Value ?? '') === Value);
}

function onlyOneKind(): Error {
  return errors.combination(
    'An event window is associated with instance IDs, instance tags or Dedicated Host IDs: one kind of them.',
  );
}
