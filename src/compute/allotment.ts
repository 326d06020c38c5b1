import { availableParallelism, freemem, totalmem } from 'node:os';
import type { MachineSize } from './driver.ts';

const MIB = 1024 * 1024;

/**
 * What a machine is given of the host: its instance type's processors and memory, but no more
 * processors than the host has and no more than an eighth of its memory. A guest's memory is taken
 * from the host as the guest touches it, so a large ceiling costs little until it is used.
 */
export function allotmentOf(
  spec: MachineSize,
  host = { processors: availableParallelism(), memoryMib: totalmem() / MIB },
): MachineSize {
  return {
    vcpus: Math.min(spec.vcpus, host.processors),
    memoryMib: Math.min(spec.memoryMib, Math.max(SMALLEST_MIB, Math.floor(host.memoryMib / 8))),
  };
}

/** How many more machines find their whole allotment in the memory that the host has available. */
export function machinesThatFit(
  spec: MachineSize,
  availableMib = freemem() / MIB,
  given = allotmentOf(spec),
): number {
  return Math.floor(availableMib / given.memoryMib);
}

/**
 * Of the memory that a machine without a kernel of its own may have, what must be free for it to start:
 * it has no cache of its own and idles in some 10 MiB, so its whole ceiling would refuse what runs well.
 */
const SET_ASIDE = 1 / 4;

/** The same for machines on a kernel that they share. */
export function guestsThatFit(spec: MachineSize, availableMib?: number): number {
  return machinesThatFit({ ...spec, memoryMib: spec.memoryMib * SET_ASIDE }, availableMib);
}

/** Below this the tiny image does not boot with room to spare. */
const SMALLEST_MIB = 128;
