import type { InstanceTagNotificationAttribute } from '@aws-sdk/client-ec2';
import type { EventNotifications } from '../account-settings.ts';

/** What goes for an account that has never said. */
export const NO_TAGS: EventNotifications = { all: false, tagKeys: [] };

export function wireNotifications({
  all,
  tagKeys,
}: EventNotifications): InstanceTagNotificationAttribute {
  return { IncludeAllTagsOfInstance: all, InstanceTagKeys: [...tagKeys] };
}
