import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { NO_TAGS, wireNotifications } from '../domain/instances/event-notifications.ts';
import type { Ec2Scope } from '../scope.ts';

export const describeInstanceEventNotificationAttributes = operation(
  model.DescribeInstanceEventNotificationAttributes,
  {
    recorded: true,
    async handle(_, { caller, settings }: Ec2Scope) {
      const { eventNotifications = NO_TAGS } = await settings.get(caller);
      return { InstanceTagAttribute: wireNotifications(eventNotifications) };
    },
  },
);
