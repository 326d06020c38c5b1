import type { VolumeRecycleBinInfo } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

/** Nobody can make retention rules, so nothing that is deleted is kept. */
export const listVolumesInRecycleBin = operation(model.ListVolumesInRecycleBin, {
  async handle(input, _scope: Ec2Scope) {
    const volumes: VolumeRecycleBinInfo[] = [];
    const { found, NextToken } = select(volumes, input, {
      id: (each) => each.VolumeId,
      ids: { kind: kinds.volume, given: input.VolumeIds },
      filters: {},
    });
    return { Volumes: found, NextToken };
  },
});
