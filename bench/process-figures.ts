import { readFileSync } from 'node:fs';

/** What a process has used, as Linux counts it; undefined where there is no /proc. */
export interface ProcessFigures {
  readonly cpuSeconds: number;
  readonly residentMB: number;
  readonly anonymousMB: number;
}

const TICKS_PER_SECOND = 100;

export function figuresOf(pid: number): ProcessFigures | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    const kilobytes = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]);
    return {
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
      residentMB: kilobytes('VmRSS') / 1024,
      anonymousMB: kilobytes('RssAnon') / 1024,
    };
  } catch {
    return undefined;
  }
}
