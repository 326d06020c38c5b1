import type { Instance } from '../instances/instance.ts';
import { freeVcpus } from './host.ts';
import { full, isOpen, type Books, type HostPlacement } from './placement.ts';
import { vcpusOf } from './shape.ts';

/**
 * Hosts for stopped instances that start: the one that each was on, or where it is not bound to that,
 * any with room.
 *
 * @throws InsufficientCapacityOnHost, InsufficientHostCapacity
 */
export async function hostsForStart(
  starting: readonly Instance[],
  { caller, hosts, instances }: Books,
): Promise<ReadonlyMap<string, HostPlacement>> {
  const placed = new Map<string, HostPlacement>();
  const stopped = starting.filter(({ host, state }) => host && state === 'stopped');
  if (stopped.length === 0) return placed;
  const all = await hosts.list(caller);
  const present = [...(await instances.list(caller))];
  for (const instance of stopped) {
    const { instanceType, network } = instance;
    const guest = { instanceType, zone: network.zone };
    const before = instance.host!;
    const isBound = before.affinity === 'host';
    const wanted = [before, ...(isBound ? [] : [{ affinity: before.affinity }])];
    const found = wanted
      .flatMap((placement) => all.filter((host) => isOpen(host, placement, guest)))
      .find((host) => freeVcpus(host, present) >= vcpusOf(instanceType));
    if (!found) throw full(isBound ? before : { affinity: before.affinity });
    const host = { ...before, id: found.id };
    placed.set(instance.id, host);
    present.push({ ...instance, host, state: 'pending' });
  }
  return placed;
}
