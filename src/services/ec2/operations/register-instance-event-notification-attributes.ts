import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { EventNotifications } from '../domain/account-settings.ts';
import { NO_TAGS, wireNotifications } from '../domain/instances/event-notifications.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Nothing is ever notified: no events are scheduled here. */
export const registerInstanceEventNotificationAttributes = operation(
  model.RegisterInstanceEventNotificationAttributes,
  {
    recorded: true,
    async handle({ InstanceTagAttribute }, { caller, settings }: Ec2Scope) {
      const { IncludeAllTagsOfInstance, InstanceTagKeys = [] } = InstanceTagAttribute ?? {};
      if (IncludeAllTagsOfInstance === undefined && InstanceTagKeys.length === 0) {
        throw errors.missingParameter('InstanceTagAttribute');
      }
      const after = (before: EventNotifications): EventNotifications => {
        const tagKeys = [...new Set([...before.tagKeys, ...InstanceTagKeys])].toSorted();
        return { all: IncludeAllTagsOfInstance ?? before.all, tagKeys };
      };
      await settings.change(caller, (now) => ({
        ...now,
        eventNotifications: after(now.eventNotifications ?? NO_TAGS),
      }));
      const { eventNotifications = NO_TAGS } = await settings.get(caller);
      return { InstanceTagAttribute: wireNotifications(eventNotifications) };
    },
  },
);
