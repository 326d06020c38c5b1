import { arnOf } from '../../../../kernel/arn.ts';
import type { Permission } from '../../../../kernel/operation.ts';
import type { Place } from '../place.ts';

/** Leave to do something with one group; any, where it is named otherwise than by its ID. */
export function onGroup(action: string, id: string | undefined, place: Place): Permission {
  return { action: `ec2:${action}`, resource: arnOf(place, 'ec2', `security-group/${id ?? '*'}`) };
}
