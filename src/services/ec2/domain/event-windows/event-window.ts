import type {
  InstanceEventWindow,
  InstanceEventWindowState,
  InstanceEventWindowTimeRange,
  Tag,
} from '@aws-sdk/client-ec2';

/** Hours of the week in which AWS may do what it has scheduled. */
export interface EventWindowRecord {
  readonly id: string;
  readonly name?: string;
  readonly when: When;
  readonly targets: Targets;
}

export type When =
  | { readonly ranges: readonly InstanceEventWindowTimeRange[] }
  | { readonly cron: string };

/** What a window is for: of one kind only. */
export interface Targets {
  readonly instanceIds: readonly string[];
  readonly hostIds: readonly string[];
  readonly tags: readonly Tag[];
}

export const NO_TARGETS: Targets = { instanceIds: [], hostIds: [], tags: [] };

export function hasTargets({ instanceIds, hostIds, tags }: Targets): boolean {
  return instanceIds.length + hostIds.length + tags.length > 0;
}

/** As DescribeInstanceEventWindows shows it, without tags. */
export function wireEventWindow(
  { id, name, when, targets }: EventWindowRecord,
  State: InstanceEventWindowState = 'active',
): InstanceEventWindow & { readonly InstanceEventWindowId: string } {
  const { instanceIds, hostIds, tags } = targets;
  return {
    InstanceEventWindowId: id,
    ...(name !== undefined && { Name: name }),
    ...('cron' in when ? { CronExpression: when.cron } : { TimeRanges: [...when.ranges] }),
    ...(hasTargets(targets) && {
      AssociationTarget: {
        InstanceIds: [...instanceIds],
        Tags: [...tags],
        DedicatedHostIds: [...hostIds],
      },
    }),
    State,
  };
}
