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

/** A machine that runs: what it was given, and what it has taken of the host's memory so far. */
export interface Taken {
  readonly given: MachineSize;
  readonly usedMib: number;
}

/**
 * How many more machines find their whole allotment in the memory that the host has available, when
 * those that run take all of theirs.
 *
 * @param part of a machine's memory that is reckoned with
 */
export function machinesThatFit(
  spec: MachineSize,
  running: readonly Taken[],
  { availableMib = freemem() / MIB, part = 1, given = allotmentOf(spec) } = {},
): number {
  const stillToTake = running.map((each) =>
    Math.max(0, each.given.memoryMib * part - each.usedMib),
  );
  const left = availableMib - stillToTake.reduce((sum, each) => sum + each, 0);
  return Math.max(0, Math.floor(left / (given.memoryMib * part)));
}

/**
 * The same for machines on a kernel that they share. They have no cache of their own and idle in some
 * 10 MiB, so that to reckon with all that each may have would refuse what runs well.
 */
export function guestsThatFit(
  spec: MachineSize,
  running: readonly Taken[],
  availableMib?: number,
): number {
  return machinesThatFit(spec, running, {
    part: 1 / 4,
    ...(availableMib !== undefined && { availableMib }),
  });
}

/** Below this the tiny image does not boot with room to spare. */
const SMALLEST_MIB = 128;
