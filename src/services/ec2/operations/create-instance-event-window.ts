import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { NO_TARGETS, wireEventWindow } from '../domain/event-windows/event-window.ts';
import { whenAsked } from '../domain/event-windows/when.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** No events are scheduled here, so nothing ever waits for a window. */
export const createInstanceEventWindow = operation(model.CreateInstanceEventWindow, {
  recorded: true,
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('CreateInstanceEventWindow', kinds.instanceEventWindow, undefined, caller),
  async handle(input, { caller, eventWindows, ids }) {
    const when = whenAsked(input);
    if (!when) throw errors.missingParameter('TimeRanges or CronExpression');
    const tags = tagsOfNew(caller, kinds.instanceEventWindow, input.TagSpecifications);
    const window = {
      id: ids.resource('iew'),
      ...(input.Name !== undefined && { name: input.Name }),
      ...{ when, targets: NO_TARGETS },
    };
    await eventWindows.create(caller, {}, [window], tags);
    return {
      InstanceEventWindow: { ...wireEventWindow(window, 'creating'), Tags: wireTags(tags) },
    };
  },
});
