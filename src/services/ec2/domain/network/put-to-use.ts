import type { Write } from '../../../../storage/engine.ts';
import { set, type Slot } from '../../../../storage/records.ts';
import type { Place } from '../place.ts';
import type { Networks } from './networks.ts';
import { networkTypes, type Used } from './recorded.ts';

/** What a transaction puts instances into: it reads `slots` and makes `writes` of what it finds. */
export interface PutToUse {
  readonly slots: readonly Slot<object>[];
  /** @throws the kind's `.NotFound` where one was deleted meanwhile */
  writes(found: readonly unknown[]): Write[];
}

/** For what puts nothing to use. */
export const NOTHING: PutToUse = { slots: [], writes: () => [] };

interface Use {
  readonly type: 'subnet' | 'security-group';
  readonly id: string;
}

/** Nobody deletes these between a look at who uses them and their new use: it changes their revision. */
export function putToUse(networks: Networks, place: Place, uses: readonly Use[]): PutToUse {
  const slots = uses.map(({ type, id }) => networks.at(type, place, id) as Slot<Used>);
  return {
    slots,
    writes: (found) =>
      uses.map(({ type, id }, at) => {
        const record = found[at] as Used | undefined;
        if (!record) throw networkTypes[type].kind.notFound([id]);
        return set(slots[at]!, { ...record, revision: (record.revision ?? 0) + 1 });
      }),
  };
}

/** All of these in one. */
export function together(all: readonly PutToUse[]): PutToUse {
  return {
    slots: all.flatMap(({ slots }) => slots),
    writes: (found) => {
      let at = 0;
      return all.flatMap((each) => {
        const own = found.slice(at, at + each.slots.length);
        at += each.slots.length;
        return each.writes(own);
      });
    },
  };
}
