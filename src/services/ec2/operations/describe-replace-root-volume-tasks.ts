import type { ReplaceRootVolumeTask } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { wireReplacement } from '../domain/root-replacements/replacement.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<ReplaceRootVolumeTask> = {
  'instance-id': (task) => task.InstanceId,
};

export const describeReplaceRootVolumeTasks = operation(model.DescribeReplaceRootVolumeTasks, {
  async handle(input, { caller, compute, realize, rootReplacements, tags }: Ec2Scope) {
    realize(compute.driver.realization);
    const shown = (await rootReplacements.tasks.list(caller)).map(wireReplacement);
    const all = await tags.join(caller, shown, (task) => task.ReplaceRootVolumeTaskId);
    const { found, NextToken } = select(all, input, {
      id: (task) => task.ReplaceRootVolumeTaskId,
      ids: { kind: kinds.replaceRootVolumeTask, given: input.ReplaceRootVolumeTaskIds },
      filters,
    });
    return { ReplaceRootVolumeTasks: found, NextToken };
  },
});
