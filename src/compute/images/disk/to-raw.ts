import { spawn } from 'node:child_process';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dyingWithParent } from '../../die-with-parent.ts';
import { QEMU } from '../../qemu/command-line.ts';
import { run } from '../../run.ts';
import { Qmp } from '../../qemu/qmp.ts';

/** Forms of disks, by QEMU's names: those that cannot lead it to another file of the host. */
export type DiskFormat = 'raw' | 'qcow2' | 'vpc';

const SPARSE = ['--sparse=always', '--reflink=auto'];
const START_MS = 10_000;
const BETWEEN_LOOKS_MS = 50;

/** Writes the bytes of a disk in any of these forms to a raw, sparse file. QEMU is needed for all but raw. */
export async function toRaw(from: string, format: DiskFormat, to: string): Promise<void> {
  if (format === 'raw') return void (await run('cp', [...SPARSE, '--', from, to]));
  const folder = await mkdtemp(join(tmpdir(), 'alacarte-disk-'));
  const path = join(folder, 'qmp.sock');
  const args = ['-M', 'none', '-nodefaults', '-display', 'none', '-S'];
  const listen = ['-qmp', `unix:${path},server=on,wait=off`];
  const qemu = spawn(...dyingWithParent(QEMU, [...args, ...listen]), { stdio: 'ignore' });
  const gone = new Promise<never>((_, reject) => {
    qemu.once('error', reject).once('exit', () => reject(new Error(`${QEMU} has ended.`)));
  });
  try {
    await Promise.race([gone, convert(path, { from: resolve(from), format, to: resolve(to) })]);
  } finally {
    qemu.removeAllListeners('exit').kill('SIGKILL');
    await rm(folder, { recursive: true });
  }
}

interface Conversion {
  readonly from: string;
  readonly format: DiskFormat;
  readonly to: string;
}

async function convert(path: string, { from, format, to }: Conversion): Promise<void> {
  const qmp = await connect(path);
  const file = { driver: 'file', filename: from, 'read-only': true };
  // A disk that names another as its base would have QEMU read whatever file that is.
  const alone = format === 'qcow2' && { backing: null };
  const source = { driver: format, 'node-name': 'from', 'read-only': true, file, ...alone };
  await qmp.execute('blockdev-add', source);
  const bytes = await sizeOf(qmp, 'from');
  await writeFile(to, '');
  await truncate(to, bytes);
  const target = { driver: 'file', filename: to, discard: 'unmap' };
  const sparse = { discard: 'unmap', 'detect-zeroes': 'unmap' };
  await qmp.execute('blockdev-add', { driver: 'raw', 'node-name': 'to', file: target, ...sparse });
  const job = { 'job-id': 'copy', device: 'from', target: 'to', sync: 'full' };
  await qmp.execute('blockdev-mirror', { ...job, 'auto-dismiss': false });
  await copied(qmp, from);
  await qmp.execute('quit').catch(() => undefined);
}

/** A mirror that is whole is told to end, and leaves what it has copied. */
async function copied(qmp: Qmp, from: string): Promise<void> {
  for (;;) {
    const [job] = (await qmp.execute('query-jobs')) as { status: string; error?: string }[];
    if (job?.error !== undefined) throw new Error(`QEMU cannot read ${from}: ${job.error}`);
    if (job?.status === 'ready') await qmp.execute('block-job-cancel', { device: 'copy' });
    if (job?.status === 'concluded') return;
    await sleep(BETWEEN_LOOKS_MS);
  }
}

async function sizeOf(qmp: Qmp, name: string): Promise<number> {
  const nodes = (await qmp.execute('query-named-block-nodes', { flat: true })) as {
    readonly 'node-name': string;
    readonly image: { readonly 'virtual-size': number };
  }[];
  return nodes.find((node) => node['node-name'] === name)!.image['virtual-size'];
}

async function connect(path: string): Promise<Qmp> {
  for (const deadlineMs = performance.now() + START_MS; ; await sleep(BETWEEN_LOOKS_MS)) {
    try {
      return await Qmp.connect(path, START_MS);
    } catch (cause) {
      if (performance.now() > deadlineMs) throw new Error(`${QEMU} does not answer.`, { cause });
    }
  }
}
