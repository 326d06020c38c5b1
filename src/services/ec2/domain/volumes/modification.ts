import type { VolumeModification, VolumeType } from '@aws-sdk/client-ec2';
import type { Volume } from './volume.ts';

/** The latest change of a volume's size or speed, as DescribeVolumesModifications shows it. */
export function wireModification(volume: Volume): VolumeModification[] {
  const { modification, id } = volume;
  if (!modification) return [];
  const { original, state, startedAtMs, endedAtMs } = modification;
  return [
    {
      VolumeId: id,
      ModificationState: state,
      ...named('Target', volume),
      ...named('Original', original),
      Progress: state === 'completed' ? 100 : 0,
      StartTime: new Date(startedAtMs),
      ...(endedAtMs !== undefined && { EndTime: new Date(endedAtMs) }),
    },
  ];
}

function named(
  prefix: 'Target' | 'Original',
  { gib, type, iops, throughput }: Pick<Volume, 'gib' | 'type' | 'iops' | 'throughput'>,
): VolumeModification {
  return {
    [`${prefix}Size`]: gib,
    [`${prefix}VolumeType`]: type as VolumeType,
    ...(iops !== undefined && { [`${prefix}Iops`]: iops }),
    ...(throughput !== undefined && { [`${prefix}Throughput`]: throughput }),
    [`${prefix}MultiAttachEnabled`]: false,
  };
}
