import type { Placement } from '@aws-sdk/client-ec2';
import { set } from '../../../../storage/records.ts';
import * as capacityErrors from '../../capacity-errors.ts';
import * as errors from '../../errors.ts';
import type { Ec2Scope } from '../../scope.ts';
import type { Instance } from '../instances/instance.ts';
import { oneOf } from '../launch/settings.ts';
import type { PutToUse } from '../network/put-to-use.ts';
import { freeVcpus, type HostRecord } from './host.ts';
import { typesOn, vcpusOf } from './shape.ts';

/** How an instance is bound to a host. */
export interface HostPlacement {
  /** The host that it is on, or was when it was stopped. */
  readonly id?: string;
  /** Whether it starts on that host only. */
  readonly affinity: 'default' | 'host';
}

/** What is placed on a host. */
export interface Guest {
  readonly instanceType: string;
  readonly zone: string;
}

export type Books = Pick<Ec2Scope, 'caller' | 'hosts' | 'instances'>;

/** Another instance was placed on the host since a look at its room. */
export class HostUsed extends Error {}

/**
 * How a launch's instances are bound to hosts; undefined where they are not.
 *
 * @throws InvalidHostID.NotFound, InvalidHostState, InvalidHostConfiguration, InvalidParameterCombination
 */
export async function chooseHost(
  asked: Placement | undefined,
  guest: Guest,
  books: Books,
): Promise<HostPlacement | undefined> {
  const { HostId: id, Affinity, Tenancy = id ? 'host' : 'default' } = asked ?? {};
  if (Tenancy !== 'host') {
    if (id === undefined && Affinity === undefined) return undefined;
    throw errors.combination('HostId and Affinity are valid with the tenancy host only.');
  }
  const affinity = oneOf(['default', 'host'], Affinity ?? 'default', 'affinity');
  if (id === undefined) return { affinity };
  checkFits(await books.hosts.find(books.caller, id), guest);
  return { id, affinity };
}

/** @throws InvalidHostState, InvalidHostConfiguration */
export function checkFits(host: HostRecord, { instanceType, zone }: Guest): void {
  if (host.releasedAtMs !== undefined) throw capacityErrors.hostState(host.id, 'released');
  if (host.zone.name !== zone) {
    throw capacityErrors.hostConfiguration(host.id, `is not in the Availability Zone '${zone}'`);
  }
  if (!typesOn(host.carries).includes(instanceType)) {
    throw capacityErrors.hostConfiguration(host.id, `does not carry '${instanceType}'`);
  }
}

/** A host for each of several instances, and what keeps their room through the transaction. */
export interface OnHosts {
  /** How many instances there is room for; Infinity where they need no host. */
  readonly room: number;
  readonly hostIds: readonly string[];
  readonly join: PutToUse;
}

/**
 * Finds hosts for new instances: the one that is named, or any that takes what nobody has placed, the
 * fullest first.
 *
 * @param counts how many are to be placed at least and at most
 */
export async function placeOnHosts(
  placement: HostPlacement | undefined,
  guest: Guest,
  counts: { readonly minCount: number; readonly maxCount: number },
  { caller, hosts, instances }: Books,
): Promise<OnHosts> {
  if (!placement) return { room: Infinity, hostIds: [], join: { slots: [], writes: () => [] } };
  // The hosts first: who joins them later changes their revision.
  const all = await hosts.list(caller);
  const present = await instances.list(caller);
  const room = all
    .filter((host) => isOpen(host, placement, guest))
    .map((host) => ({
      host,
      left: Math.floor(freeVcpus(host, present) / vcpusOf(guest.instanceType)),
    }))
    .toSorted((a, b) => a.left - b.left || (a.host.id < b.host.id ? -1 : 1));
  const hostIds = room
    .flatMap(({ host, left }) =>
      Array.from({ length: Math.min(left, counts.maxCount) }, () => host.id),
    )
    .slice(0, counts.maxCount);
  const joined = room.map(({ host }) => host).filter(({ id }) => hostIds.includes(id));
  const slots = joined.map(({ id }) => hosts.at(caller, id));
  return {
    room: hostIds.length,
    hostIds,
    join: {
      slots,
      writes: (found) => {
        if (hostIds.length < counts.minCount) throw full(placement);
        return (found as readonly (HostRecord | undefined)[]).map((now, at) => {
          const { revision = 0 } = joined[at]!;
          if (!now || (now.revision ?? 0) !== revision) throw new HostUsed();
          return set(slots[at]!, { ...now, revision: revision + 1 });
        });
      },
    },
  };
}

/** What a host, or all of them, say that have no room. */
export function full({ id }: HostPlacement) {
  return id === undefined ? capacityErrors.noHostFits() : capacityErrors.hostFull(id);
}

/** Whether an instance may be placed on a host, if there is room. */
export function isOpen(host: HostRecord, { id }: HostPlacement, guest: Guest): boolean {
  if (id !== undefined && host.id !== id) return false;
  if (id === undefined && host.autoPlacement === 'off') return false;
  const isStanding = host.releasedAtMs === undefined && host.zone.name === guest.zone;
  return isStanding && typesOn(host.carries).includes(guest.instanceType);
}

/** An instance's part of `Placement`. */
export function wireHostPlacement({
  host,
}: Pick<Instance, 'host'>): Pick<Placement, 'Tenancy' | 'HostId' | 'Affinity'> {
  if (!host) return { Tenancy: 'default' };
  return {
    Tenancy: 'host',
    Affinity: host.affinity,
    ...(host.id !== undefined && { HostId: host.id }),
  };
}
