import { readdir, readFile } from 'node:fs/promises';
import { dirname, basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '../run.ts';
import type { MachineId } from '../driver.ts';

/**
 * The QEMU processes whose machines lie under `directory`, whoever started them, by machine. They
 * are recognized by the file that `-pidfile` names, never by a number that was written down: the
 * host may have given that number to somebody else since.
 */
export async function findProcesses(directory: string): Promise<Map<MachineId, number>> {
  const found = new Map<MachineId, number>();
  for (const { pid, args } of await allProcesses()) {
    const pidFile = args[args.indexOf('-pidfile') + 1];
    if (!args.includes('-pidfile') || pidFile === undefined) continue;
    if (dirname(dirname(pidFile)) === directory) found.set(basename(dirname(pidFile)), pid);
  }
  return found;
}

interface Process {
  readonly pid: number;
  readonly args: readonly string[];
}

async function allProcesses(): Promise<Process[]> {
  if (process.platform !== 'linux') return await listedByPs();
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  return await Promise.all(
    pids.map(async (pid) => {
      // A process may end while the list is read.
      const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      return { pid: Number(pid), args: line.split('\0') };
    }),
  );
}

async function listedByPs(): Promise<Process[]> {
  const lines = (await run('ps', ['-axww', '-o', 'pid=,command='])).split('\n');
  return lines.map((line) => {
    const [pid, ...args] = line.trim().split(' ');
    return { pid: Number(pid), args };
  });
}

/** The memory that a process has of the host; nothing where it has ended. */
export async function residentMib(pid: number): Promise<number> {
  const asked =
    process.platform === 'linux'
      ? readFile(`/proc/${pid}/status`, 'utf8').then((text) => /^VmRSS:\s+(\d+)/m.exec(text)?.[1])
      : run('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number((await asked.catch(() => undefined)) ?? 0) / 1024;
}

/** Whether a process runs; one that has ended and waits for its parent to notice does not. */
async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform !== 'linux') return true;
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  // The program's name comes before its state, in parentheses of its own.
  return /\) [^ZX] [^)]*$/.test(stat);
}

/** Waits until a process has ended; false if it has not after `timeoutMs`. */
export async function hasEnded(pid: number, timeoutMs: number): Promise<boolean> {
  const deadlineMs = performance.now() + timeoutMs;
  while (await isAlive(pid)) {
    if (performance.now() > deadlineMs) return false;
    await sleep(20);
  }
  return true;
}

/** Pulls the plug. */
export async function kill(pid: number): Promise<void> {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    return;
  }
  await hasEnded(pid, 10_000);
}
