import { readdirSync, readFileSync } from 'node:fs';

/** What a process has used, as Linux counts it; undefined where there is no /proc. */
export interface ProcessFigures {
  readonly cpuSeconds: number;
  readonly residentMB: number;
  readonly anonymousMB: number;
}

const TICKS_PER_SECOND = 100;

export function figuresOf(pid: number): ProcessFigures | undefined {
  try {
    const fields = statOf(pid) ?? [];
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    const kilobytes = (name: string): number =>
      // One that has ended and waits for its parent has none.
      Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
    return {
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
      residentMB: kilobytes('VmRSS') / 1024,
      anonymousMB: kilobytes('RssAnon') / 1024,
    };
  } catch {
    return undefined;
  }
}

/** The CPU seconds of processes, of those that they started, and of those that these waited for. */
export function cpuWithChildren(pids: readonly number[]): number {
  const children = new Map<number, number[]>();
  const used = new Map<number, number>();
  for (const pid of allPids()) {
    const fields = statOf(pid);
    if (!fields) continue;
    const [parent, ticks] = [Number(fields[1]), sum(fields.slice(11, 15).map(Number))];
    used.set(pid, ticks / TICKS_PER_SECOND);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const counted = new Set<number>();
  const count = (pid: number): number => {
    if (counted.has(pid)) return 0;
    counted.add(pid);
    return (used.get(pid) ?? 0) + sum((children.get(pid) ?? []).map(count));
  };
  return sum(pids.map(count));
}

/** The processes whose cgroup has a name with `part` in it. */
export function pidsInCgroup(part: string): number[] {
  return allPids().filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cgroup`, 'latin1').includes(part);
    } catch {
      return false;
    }
  });
}

function allPids(): number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
}

function statOf(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
