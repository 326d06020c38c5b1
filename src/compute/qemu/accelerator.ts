import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { kernelOnly, QEMU, type Accelerator } from './command-line.ts';

export interface Verdict {
  readonly accelerator: Accelerator;
  /** One plain sentence. */
  readonly reason: string;
}

/** How long a kernel may take to its first line on KVM; a real one needs a fraction of a second. */
const FIRST_LINE_MS = 4_000;

/**
 * Whether guests run on KVM here. A device that opens, and even one that makes processors, proves
 * nothing: on some hosts the guest then hangs. Only a kernel that was seen to boot does, so this
 * boots one, once for each boot of the host.
 *
 * @param kernel the kernel that machines boot, or undefined while none has been built
 */
export async function findAccelerator(
  kernel: string | undefined,
  cacheDirectory: string,
): Promise<Verdict> {
  const obstacle = await kvmObstacle();
  if (obstacle !== undefined) return { accelerator: 'tcg', reason: obstacle };
  const hostBoot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
  const file = join(cacheDirectory, 'kvm.json');
  const known = await readVerdict(file);
  if (known?.hostBoot === hostBoot) return known;
  if (kernel === undefined) {
    return { accelerator: 'tcg', reason: 'KVM is there; the first machine will try it.' };
  }
  const verdict = await tryKvm(kernel);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.${process.pid}`, JSON.stringify({ ...verdict, hostBoot }));
  await rename(`${file}.${process.pid}`, file);
  return verdict;
}

async function kvmObstacle(): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'This host has no KVM: processors are emulated.';
  try {
    await access('/dev/kvm', constants.R_OK | constants.W_OK);
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return 'There is no /dev/kvm: processors are emulated.';
    return 'This user may not open /dev/kvm (group kvm): processors are emulated.';
  }
}

async function readVerdict(file: string): Promise<(Verdict & { hostBoot: string }) | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Verdict & { hostBoot: string };
  } catch {
    return undefined;
  }
}

function tryKvm(kernel: string): Promise<Verdict> {
  return new Promise((resolve) => {
    const child = spawn(QEMU, kernelOnly(kernel, 'kvm'), { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let complaint = '';
    const decide = (accelerator: Accelerator, reason: string): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      resolve({ accelerator, reason });
    };
    const timer = setTimeout(
      () => decide('tcg', 'KVM opens but no kernel boots on it: processors are emulated instead.'),
      FIRST_LINE_MS,
    );
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.includes('Linux version')) decide('kvm', 'Linux boots on KVM.');
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    child.on('error', (error) => decide('tcg', `${QEMU} cannot be run: ${error.message}`));
    child.on('close', () => {
      decide('tcg', `QEMU fails on KVM, processors are emulated instead: ${firstLine(complaint)}`);
    });
  });
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? '';
}
