import type { Write } from '../../../../storage/engine.ts';
import { set, type Slot } from '../../../../storage/records.ts';
import type { Networks, SecurityGroupRecord } from '../network/networks.ts';
import type { Place } from '../place.ts';
import { kinds } from '../resource-kinds.ts';

/** Groups that a transaction puts instances into: it reads `slots` and makes `writes` of what it finds. */
export interface GroupsInUse {
  readonly slots: readonly Slot<SecurityGroupRecord>[];
  /** @throws InvalidGroup.NotFound where one was deleted meanwhile */
  writes(found: readonly (SecurityGroupRecord | undefined)[]): Write[];
}

/** Nobody deletes a group between a look at who uses it and its new use: the use changes its revision. */
export function putToUse(networks: Networks, place: Place, ids: readonly string[]): GroupsInUse {
  const slots = ids.map((id) => networks.at('security-group', place, id));
  return {
    slots,
    writes: (found) =>
      slots.map((slot, at) => {
        const group = found[at];
        if (!group) throw kinds.securityGroup.notFound([ids[at]!]);
        return set(slot, revised(group));
      }),
  };
}

/** A group that whoever has looked at it before has to look at again. */
export function revised(group: SecurityGroupRecord): SecurityGroupRecord {
  return { ...group, revision: (group.revision ?? 0) + 1 };
}
