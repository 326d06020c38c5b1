import type { InstanceEventWindow } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { wireEventWindow } from '../domain/event-windows/event-window.ts';
import type { Filters } from '../domain/filters.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<InstanceEventWindow> = {
  'dedicated-host-id': (window) => window.AssociationTarget?.DedicatedHostIds,
  'event-window-name': (window) => window.Name,
  'instance-id': (window) => window.AssociationTarget?.InstanceIds,
  'instance-tag': (window) =>
    window.AssociationTarget?.Tags?.map(({ Key, Value }) => `${Key}=${Value ?? ''}`),
  'instance-tag-key': (window) => window.AssociationTarget?.Tags?.map(({ Key }) => Key),
  'instance-tag-value': (window) => window.AssociationTarget?.Tags?.map(({ Value }) => Value),
};

export const describeInstanceEventWindows = operation(model.DescribeInstanceEventWindows, {
  recorded: true,
  async handle(input, { caller, eventWindows, tags }: Ec2Scope) {
    const shown = (await eventWindows.list(caller)).map((each) => wireEventWindow(each));
    const all = await tags.join(caller, shown, (window) => window.InstanceEventWindowId);
    const { found, NextToken } = select(all, input, {
      id: (window) => window.InstanceEventWindowId,
      ids: { kind: kinds.instanceEventWindow, given: input.InstanceEventWindowIds },
      filters,
      page: { min: 20, max: 500 },
    });
    return { InstanceEventWindows: found, NextToken };
  },
});
