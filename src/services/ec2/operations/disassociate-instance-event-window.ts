import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { wireEventWindow } from '../domain/event-windows/event-window.ts';
import { removed, targetsAsked } from '../domain/event-windows/targets.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { wireTags } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

export const disassociateInstanceEventWindow = operation(model.DisassociateInstanceEventWindow, {
  recorded: true,
  authorize: ({ InstanceEventWindowId }, { caller }: Ec2Scope) =>
    onResource(
      'DisassociateInstanceEventWindow',
      kinds.instanceEventWindow,
      InstanceEventWindowId,
      caller,
    ),
  async handle({ InstanceEventWindowId: id, AssociationTarget }, scope) {
    const { caller, eventWindows, tags } = scope;
    if (!id) throw errors.missingParameter('InstanceEventWindowId');
    await eventWindows.find(caller, id);
    const targets = targetsAsked(AssociationTarget);
    const after = await eventWindows.update(caller, id, (now) => ({
      ...now,
      targets: removed(now.targets, targets),
    }));
    const Tags = wireTags(await tags.get(caller, id));
    return { InstanceEventWindow: { ...wireEventWindow(after), Tags } };
  },
});
