import type { ImportImageTask } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { wireImageTask } from '../domain/imports/import-task.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<ImportImageTask> = { 'task-state': (task) => task.Status };

export const describeImportImageTasks = operation(model.DescribeImportImageTasks, {
  async handle(input, { caller, compute, realize, importOrders, tags }: Ec2Scope) {
    realize(compute.driver.realization);
    const shown = (await importOrders.imageTasks.list(caller)).map(wireImageTask);
    const { found, NextToken } = select(
      await tags.join(caller, shown, (task) => task.ImportTaskId),
      input,
      {
        id: (task) => task.ImportTaskId,
        ids: { kind: kinds.importImageTask, given: input.ImportTaskIds },
        filters,
      },
    );
    return { ImportImageTasks: found, NextToken };
  },
});
