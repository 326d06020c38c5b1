import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** A process of this host, told from a later one of the same number by when it began. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly began: string;
}

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, began: beginningOf(process.pid) ?? 'unknown' };
}

/** Whether that very process runs; one that has ended and waits for its parent to notice does not. */
export function isRunning({ pid, began }: ProcessIdentity): boolean {
  const found = beginningOf(pid);
  return found !== undefined && found === began;
}

/** When a process began, as far as the system tells; undefined for one that is gone. */
function beginningOf(pid: number): string | undefined {
  if (!existsSync('/proc/self/stat')) return beginningByPs(pid);
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // Behind the command in parentheses, which may hold anything: the state first, see proc(5).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : `${boot} ${fields[19]}`;
  } catch {
    return undefined;
  }
}

/** For macOS and the BSDs. */
function beginningByPs(pid: number): string | undefined {
  const environment = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  const { error, stdout } = spawnSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: environment,
  });
  if (error)
    throw new Error('ps, which tells processes apart here, cannot be run', { cause: error });
  const [, state, began] = /^\s*(\S+)\s+(.+?)\s*$/.exec(stdout) ?? [];
  return state?.startsWith('Z') ? undefined : began;
}
