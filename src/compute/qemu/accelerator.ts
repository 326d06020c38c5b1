import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { kernelOnly, QEMU } from './command-line.ts';
import { dyingWithParent } from './die-with-parent.ts';
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
  const known = await knownAccelerator(cacheDirectory);
  if (known) return known;
  const obstacle = await kvmObstacle();
  const tried: Verdict =
    obstacle === undefined ? await tryKvm(kernel) : { accelerator: 'tcg', reason: obstacle };
  const verdict = tried.accelerator === 'kvm' ? tried : { ...tried, tscKhz: await measureTscKhz() };
  const file = join(cacheDirectory, CACHE);
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, JSON.stringify({ ...verdict, hostBoot: await hostBoot() }));
  await rename(draft, file);
  return verdict;
}

/** What was found out since this host booted, if anything. */
async function knownAccelerator(cacheDirectory: string): Promise<Verdict | undefined> {
  const text = await readFile(join(cacheDirectory, CACHE), 'utf8').catch(() => '{}');
  const known = JSON.parse(text) as Verdict & { readonly hostBoot?: string };
  return known.hostBoot === (await hostBoot()) ? known : undefined;
}

const EMULATED = 'Processors are emulated.';
const CACHE = 'accelerator.json';

function hostBoot(): Promise<string> {
  return readFile('/proc/sys/kernel/random/boot_id', 'utf8');
}

async function kvmObstacle(): Promise<string | undefined> {
  try {
    await access('/dev/kvm', constants.R_OK | constants.W_OK);
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return `${EMULATED} There is no /dev/kvm.`;
    return `${EMULATED} This user may not open /dev/kvm (group kvm).`;
  }
}

function tryKvm(kernel: string): Promise<Verdict> {
  return new Promise((resolve) => {
    const child = spawn(...dyingWithParent(QEMU, kernelOnly(kernel, 'kvm')), {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let complaint = '';
    const decide = (accelerator: Accelerator, reason: string): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      resolve({ accelerator, reason });
    };
    const timer = setTimeout(
      () => decide('tcg', `${EMULATED} KVM opens, but no kernel boots on it.`),
      FIRST_LINE_MS,
    );
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.includes('Linux version')) decide('kvm', 'Linux boots on KVM.');
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    child.on('error', (error) =>
      decide('tcg', `${EMULATED} ${QEMU} cannot be run: ${error.message}.`),
    );
    child.on('close', () => {
      decide('tcg', `${EMULATED} KVM opens, but QEMU fails on it (${firstLine(complaint)}).`);
    });
  });
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? '';
}
