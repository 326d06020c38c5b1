import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { hasTargets } from '../domain/event-windows/event-window.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** One that is for something goes only where that is said. */
export const deleteInstanceEventWindow = operation(model.DeleteInstanceEventWindow, {
  recorded: true,
  authorize: ({ InstanceEventWindowId }, { caller }: Ec2Scope) =>
    onResource(
      'DeleteInstanceEventWindow',
      kinds.instanceEventWindow,
      InstanceEventWindowId,
      caller,
    ),
  async handle({ InstanceEventWindowId: id, ForceDelete = false }, { caller, eventWindows }) {
    if (!id) throw errors.missingParameter('InstanceEventWindowId');
    await eventWindows.find(caller, id);
    await eventWindows.remove(caller, id, ({ targets }) => {
      if (hasTargets(targets) && !ForceDelete) throw errors.dependentObject(id);
      return [];
    });
    return { InstanceEventWindowState: { InstanceEventWindowId: id, State: 'deleting' as const } };
  },
});
