import { arnOf } from '../../../kernel/arn.ts';
import type { Permission } from '../../../kernel/operation.ts';
import type { Place } from './place.ts';
import type { ResourceKind } from './resource-kinds.ts';

/** Leave to do something with one resource; with any of its kind where its ID is not given. */
export function onResource(
  action: string,
  kind: ResourceKind,
  id: string | undefined,
  place: Place,
): Permission {
  return { action: `ec2:${action}`, resource: arnOf(place, 'ec2', `${kind.type}/${id ?? '*'}`) };
}
