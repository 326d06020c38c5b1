import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kernelOnly, QEMU } from './command-line.ts';
import { dyingWithParent } from '../die-with-parent.ts';
import { measureTscKhz } from './tsc.ts';

export type Accelerator = 'kvm' | 'tcg';

export interface Verdict {
  readonly accelerator: Accelerator;
  /** What emulated guests are told, since they often fail to measure it on a busy host. */
  readonly tscKhz?: number;
  /** One plain sentence. */
  readonly reason: string;
}

/** How long a kernel may take to its first line on KVM; a real one needs a fraction of a second. */
const FIRST_LINE_MS = 4_000;

/**
 * Whether guests run on KVM here. A device that opens, and even one that makes processors, proves
 * nothing: on some hosts the guest then hangs. Only a kernel that was seen to boot does, so this
 * boots one, once for each boot of the host.
 */
export async function findAccelerator(kernel: string, cacheDirectory: string): Promise<Verdict> {
  const found = { hostBoot: await hostBoot(), obstacle: await kvmObstacle() };
  const file = join(cacheDirectory, CACHE);
  const known = JSON.parse(await readFile(file, 'utf8').catch(() => '{}')) as Partial<Kept>;
  const holds = known.hostBoot === found.hostBoot && known.obstacle === found.obstacle;
  if (known.verdict && holds) return known.verdict;
  const tried = found.obstacle === undefined ? await tryKvm(kernel) : emulated(found.obstacle);
  const verdict = tried.accelerator === 'kvm' ? tried : { ...tried, tscKhz: await measureTscKhz() };
  await mkdir(cacheDirectory, { recursive: true });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, JSON.stringify({ ...found, verdict }, undefined, 2));
  await rename(draft, file);
  return verdict;
}

/** A verdict and what it rests on: another boot of the host, or another right of the user, ends it. */
interface Kept {
  readonly hostBoot: string;
  readonly obstacle?: string;
  readonly verdict: Verdict;
}

const CACHE = 'accelerator.json';

function emulated(why: string): Verdict {
  return { accelerator: 'tcg', reason: `Processors are emulated. ${why}` };
}

function hostBoot(): Promise<string> {
  return readFile('/proc/sys/kernel/random/boot_id', 'utf8');
}

async function kvmObstacle(): Promise<string | undefined> {
  try {
    await access('/dev/kvm', constants.R_OK | constants.W_OK);
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return 'There is no /dev/kvm.';
    return 'This user may not open /dev/kvm (group kvm).';
  }
}

function tryKvm(kernel: string): Promise<Verdict> {
  return new Promise((resolve) => {
    const child = spawn(...dyingWithParent(QEMU, kernelOnly(kernel, 'kvm')), {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let complaint = '';
    const decide = (verdict: Verdict): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      resolve(verdict);
    };
    const timer = setTimeout(
      () => decide(emulated('KVM opens, but no kernel boots on it.')),
      FIRST_LINE_MS,
    );
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.includes('Linux version')) {
        decide({ accelerator: 'kvm', reason: 'Linux boots on KVM.' });
      }
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    child.on('error', ({ message }) => decide(emulated(`${QEMU} cannot be run: ${message}.`)));
    child.on('close', () => {
      decide(emulated(`KVM opens, but QEMU fails on it (${firstLine(complaint)}).`));
    });
  });
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? '';
}
