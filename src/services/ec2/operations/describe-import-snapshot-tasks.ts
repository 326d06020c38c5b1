import type { ImportSnapshotTask } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { wireSnapshotTask } from '../domain/imports/import-task.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<ImportSnapshotTask> = {
  'task-state': (task) => task.SnapshotTaskDetail?.Status,
};

export const describeImportSnapshotTasks = operation(model.DescribeImportSnapshotTasks, {
  async handle(input, { caller, compute, realize, importOrders, tags }: Ec2Scope) {
    realize(compute.driver.realization);
    const shown = (await importOrders.snapshotTasks.list(caller)).map(wireSnapshotTask);
    const { found, NextToken } = select(
      await tags.join(caller, shown, (task) => task.ImportTaskId),
      input,
      {
        id: (task) => task.ImportTaskId,
        ids: { kind: kinds.importSnapshotTask, given: input.ImportTaskIds },
        filters,
      },
    );
    return { ImportSnapshotTasks: found, NextToken };
  },
});
