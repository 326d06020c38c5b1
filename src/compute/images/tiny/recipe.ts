import { createHash } from 'node:crypto';
import {
  chmod,
  cp,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../../../package-root.ts';
import { packagesMissingFor, type Program } from '../../installed.ts';
import { run } from '../../run.ts';
import { cpio, DIRECTORY, EXECUTABLE, REGULAR, type CpioEntry } from '../cpio.ts';
import { dependencyOf, unpackDebianPackages } from '../debian-packages.ts';
import { makeExt4, type Owner } from '../ext4.ts';
import { copyGuestFiles, filesUnder } from '../guest-files.ts';
import type { Progress, Recipe } from '../image.ts';
import { archiveRoot, makeRootFolder } from '../root-folder.ts';

/** Counts up when the steps below change what they make of the same packages and files. */
const STEPS = 3;
/** Debian's kernel for virtual machines, busybox, dropbear and ext4's tools with what they link to. */
const KERNEL = 'linux-image-cloud-amd64';
const PACKAGES = [
  'busybox-static',
  'dropbear-bin',
  'e2fsprogs',
  'libblkid1',
  'libc6',
  'libcom-err2',
  'libcrypt1',
  'libext2fs2',
  'libgmp10',
  'libtomcrypt1',
  'libtommath1',
  'libuuid1',
  'zlib1g',
];
const LIBRARIES = [
  'libblkid.so.1',
  'libc.so.6',
  'libcom_err.so.2',
  'libcrypt.so.1',
  'libe2p.so.2',
  'libext2fs.so.2',
  'libgmp.so.10',
  'libtomcrypt.so.1',
  'libtommath.so.1',
  'libuuid.so.1',
  'libz.so.1',
];
/** Needed to find the root disk, and by the running system. Order matters in the guest's scripts only. */
const INITRD_MODULES = ['virtio', 'virtio_ring', 'virtio_mmio', 'virtio_blk'];
const MODULES = [
  ...['button', 'evdev', 'failover', 'net_failover', 'virtio_net', 'virtio-rng'],
  ...['scsi_common', 'scsi_mod', 'sd_mod', 'virtio_scsi'],
  ...['virtio_pci_modern_dev', 'virtio_pci_legacy_dev', 'virtio_pci'],
];

/** What fetches packages and unpacks them. */
const PROGRAMS: readonly Program[] = [
  ['apt-get', 'apt'],
  ['dpkg-deb', 'dpkg'],
];

/** The guest's own files lie beside the sources, also when this runs out of `dist/`. */
const guest = fileURLToPath(new URL('src/compute/images/tiny/guest/', packageRoot));
const owners: ReadonlyMap<string, Owner> = new Map([['/home/ec2-user', { uid: 1000, gid: 1000 }]]);

/** A Linux of about 20 MiB that boots in seconds where a processor is emulated. */
export const tiny: Recipe = {
  name: 'tiny',
  loginName: 'ec2-user',
  architecture: 'x86_64',
  drivers: ['qemu', 'namespaces', 'docker'],

  async obstacle() {
    const missing = await packagesMissingFor(PROGRAMS);
    if (missing.length === 0) return undefined;
    return `${missing.join(' and ')} of Debian is not installed.`;
  },

  async fingerprint() {
    const hash = createHash('sha256').update([STEPS, KERNEL, ...PACKAGES].join());
    for (const file of await filesUnder(guest)) {
      hash.update(`\0${basename(file)}\0`).update(await readFile(file));
    }
    return hash.digest('hex');
  },

  async build(folder, progress) {
    const unpacked = join(folder, 'unpacked');
    await unpack(unpacked, progress);
    progress('putting kernel, initial RAM file system and root file system together …');
    const modules = await findModules(unpacked);
    const [kernel] = await readdir(join(unpacked, 'boot')).then((names) =>
      names.filter((name) => name.startsWith('vmlinuz-')),
    );
    await rename(join(unpacked, 'boot', kernel!), join(folder, 'kernel'));
    await writeFile(join(folder, 'initrd'), await initrd(unpacked, modules));
    await makeRoot(join(folder, 'root'), unpacked, modules);
    await rm(unpacked, { recursive: true });
    await rm(`${unpacked}.debs`, { recursive: true });
  },

  open: (folder) => ({
    name: 'tiny',
    id: basename(folder),
    asksFirst: true,
    board: 'microvm',
    kernel: {
      file: join(folder, 'kernel'),
      initrd: join(folder, 'initrd'),
      // No randomness before the instance is known: a copy must not draw what the original drew.
      arguments: ['random.trust_cpu=off', 'random.trust_bootloader=off'],
    },
    makeRootDisk: (file, gib) => makeExt4(file, { folder: join(folder, 'root'), gib, owners }),
    makeRootFolder: (to, owner) => makeRootFolder(join(folder, 'root'), to, owner),
    archiveRoot: () => archiveRoot(join(folder, 'root')),
  }),
};

async function unpack(into: string, progress: Progress): Promise<void> {
  const kernel = await dependencyOf(KERNEL, /linux-image-\S+-cloud-amd64/);
  progress(`fetching ${kernel} and ${PACKAGES.length} more Debian packages …`);
  await unpackDebianPackages([kernel, ...PACKAGES], into);
}

/** The initial RAM file system is not compressed: an emulated processor unpacks it slowly. */
async function initrd(unpacked: string, modules: Map<string, string>): Promise<Uint8Array> {
  const directories = ['bin', 'dev', 'modules', 'root'];
  const entries: CpioEntry[] = directories.map((path) => ({ path, mode: DIRECTORY }));
  const add = async (path: string, mode: number, file: string) =>
    entries.push({ path, mode, data: await readFile(file) });
  await add('init', EXECUTABLE, join(guest, 'initramfs/init'));
  await add('bin/busybox', EXECUTABLE, join(unpacked, 'bin/busybox'));
  for (const name of INITRD_MODULES) await add(`modules/${name}.ko`, REGULAR, modules.get(name)!);
  return cpio(entries);
}

async function makeRoot(
  root: string,
  unpacked: string,
  modules: Map<string, string>,
): Promise<void> {
  await copyGuestFiles(join(guest, 'root'), root);
  await chmod(join(root, 'etc/shadow'), 0o600);
  for (const path of [
    'bin',
    'dev',
    'etc/dropbear',
    'etc/ssl/certs',
    'home/ec2-user',
    'lib/modules',
    'lib64',
    'mnt',
    'proc',
    'root',
    'run',
    'sbin',
    'sys',
    'tmp',
    'usr/sbin',
    'var/log',
    'var/lib/cloud/instances',
  ]) {
    await mkdir(join(root, path), { recursive: true });
  }
  await chmod(join(root, 'tmp'), 0o1777);
  await symlink('../run', join(root, 'var/run'));

  const copies: [string, string][] = [
    ['bin/busybox', 'bin/busybox'],
    ['bin/busybox', 'bin/su'],
    ['usr/sbin/dropbear', 'usr/sbin/dropbear'],
    ['usr/bin/dropbearkey', 'usr/bin/dropbearkey'],
    ['sbin/mke2fs', 'sbin/mke2fs'],
    ['sbin/mke2fs', 'sbin/mkfs.ext4'],
    ['sbin/e2fsck', 'sbin/e2fsck'],
    ['sbin/e2fsck', 'sbin/fsck.ext4'],
    ['sbin/resize2fs', 'sbin/resize2fs'],
    ['etc/mke2fs.conf', 'etc/mke2fs.conf'],
    ['lib/x86_64-linux-gnu/ld-linux-x86-64.so.2', 'lib64/ld-linux-x86-64.so.2'],
  ];
  for (const [from, to] of copies)
    await cp(join(unpacked, from), join(root, to), { dereference: true });
  const libraries = await findLibraries(unpacked);
  for (const name of LIBRARIES)
    await cp(libraries.get(name)!, join(root, 'lib', name), { dereference: true });
  for (const name of MODULES) await cp(modules.get(name)!, join(root, 'lib/modules', `${name}.ko`));
  // A copy of its own for `su`, the one applet that needs the set-user-ID bit.
  await chmod(join(root, 'bin/su'), 0o4755);
  await linkApplets(root);
}

/** A link to busybox for each of its commands that nothing else provides. */
async function linkApplets(root: string): Promise<void> {
  const paths = (await run(join(root, 'bin/busybox'), ['--list-full'])).trim().split('\n');
  for (const path of paths) {
    const link = join(root, path);
    await mkdir(dirname(link), { recursive: true });
    await symlink('/bin/busybox', link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function findModules(unpacked: string): Promise<Map<string, string>> {
  const files = await filesUnder(join(unpacked, 'lib/modules'));
  return new Map(files.map((file) => [basename(file, '.ko'), file]));
}

async function findLibraries(unpacked: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const folder of ['lib/x86_64-linux-gnu', 'usr/lib/x86_64-linux-gnu']) {
    for (const name of await readdir(join(unpacked, folder)))
      found.set(name, join(unpacked, folder, name));
  }
  return found;
}
