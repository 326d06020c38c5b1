import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { wireEventWindow } from '../domain/event-windows/event-window.ts';
import { whenAsked } from '../domain/event-windows/when.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { wireTags } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

export const modifyInstanceEventWindow = operation(model.ModifyInstanceEventWindow, {
  recorded: true,
  authorize: ({ InstanceEventWindowId }, { caller }: Ec2Scope) =>
    onResource(
      'ModifyInstanceEventWindow',
      kinds.instanceEventWindow,
      InstanceEventWindowId,
      caller,
    ),
  async handle(input, { caller, eventWindows, tags }) {
    const { InstanceEventWindowId: id, Name: name } = input;
    if (!id) throw errors.missingParameter('InstanceEventWindowId');
    await eventWindows.find(caller, id);
    const when = whenAsked(input);
    const after = await eventWindows.update(caller, id, (now) => ({
      ...now,
      ...(name !== undefined && { name }),
      ...(when && { when }),
    }));
    const Tags = wireTags(await tags.get(caller, id));
    return { InstanceEventWindow: { ...wireEventWindow(after), Tags } };
  },
});
