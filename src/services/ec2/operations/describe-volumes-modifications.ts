import type { VolumeModification } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import { wireModification } from '../domain/volumes/modification.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<VolumeModification> = {
  'modification-state': (each) => each.ModificationState,
  'original-iops': (each) => each.OriginalIops,
  'original-size': (each) => each.OriginalSize,
  'original-volume-type': (each) => each.OriginalVolumeType,
  'start-time': (each) => each.StartTime,
  'target-iops': (each) => each.TargetIops,
  'target-size': (each) => each.TargetSize,
  'target-volume-type': (each) => each.TargetVolumeType,
  'volume-id': (each) => each.VolumeId,
};

/** The latest of each volume that was modified. */
export const describeVolumesModifications = operation(model.DescribeVolumesModifications, {
  async handle(input, scope: Ec2Scope) {
    scope.realize(scope.compute.driver.realization);
    const all = (await scope.volumes.list(scope.caller)).flatMap(wireModification);
    const { found, NextToken } = select(all, input, {
      id: (each) => each.VolumeId,
      ids: { kind: kinds.volume, given: input.VolumeIds },
      filters,
    });
    return { VolumesModifications: found, NextToken };
  },
});
