import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../../../package-root.ts';
import { packagesMissingFor, type Program } from '../../installed.ts';
import { run } from '../../run.ts';
import { LOADER_SECTOR, makeBootableDisk, ROOT_PARTITION } from '../disk/bootable-disk.ts';
import { DISK, diskImage } from '../disk/disk-image.ts';
import { configureGrub, makeGrub } from '../disk/grub.ts';
import { copyGuestFiles, filesUnder } from '../guest-files.ts';
import type { Recipe } from '../image.ts';

/** Counts up when the steps below change what they make of the same packages and files. */
const STEPS = 3;
const RELEASE = 'bookworm';
const MIRROR = 'http://deb.debian.org/debian';
/** As large as Debian's own: a machine's root file system grows to its volume as it boots. */
const DISK_MIB = 2048;
const KERNEL_ARGUMENTS = `root=PARTUUID=${ROOT_PARTITION} ro console=tty0 console=ttyS0,115200 net.ifnames=0`;
/** Beside what every Debian has: an init, an SSH server, cloud-init and what that works with. */
const PACKAGES = [
  ...['linux-image-cloud-amd64', 'systemd-sysv', 'libpam-systemd', 'dbus', 'udev'],
  ...[
    'cloud-init',
    'cloud-guest-utils',
    'fdisk',
    'openssh-server',
    'sudo',
    'ca-certificates',
    'locales',
  ],
  ...['iproute2', 'ifupdown', 'isc-dhcp-client'],
  // cloud-init's cryptography needs it by another name, which debootstrap does not resolve.
  'python3-cffi-backend',
];

const PROGRAMS: readonly Program[] = [
  ['debootstrap', 'debootstrap'],
  ['mke2fs', 'e2fsprogs'],
  ['apt-get', 'apt'],
  ['dpkg-deb', 'dpkg'],
];

/** The guest's own files lie beside the sources, also when this runs out of `dist/`. */
const guest = fileURLToPath(new URL('src/compute/images/debian-12/guest/', packageRoot));

/** Debian 12 with its own systemd, OpenSSH and cloud-init, put together as root by `debootstrap`. */
export const debian12: Recipe = {
  name: 'debian-12-amd64',
  loginName: 'admin',
  architecture: 'x86_64',
  drivers: ['qemu'],

  async obstacle() {
    if (process.getuid?.() !== 0) return 'That takes root.';
    const missing = await packagesMissingFor(PROGRAMS);
    return missing.length > 0 ? `Run apt-get install ${missing.join(' ')}.` : undefined;
  },

  async fingerprint() {
    const hash = createHash('sha256').update([STEPS, RELEASE, ...PACKAGES].join());
    for (const file of await filesUnder(guest)) {
      hash.update(`\0${relative(guest, file)}\0`).update(await readFile(file));
    }
    return hash.digest('hex');
  },

  async build(folder, progress) {
    const root = join(folder, 'root');
    progress(`fetching and installing Debian's packages, which takes some minutes …`);
    const include = `--include=${PACKAGES.join()}`;
    await run('debootstrap', ['--variant=minbase', include, RELEASE, root, MIRROR]);
    progress('making it an image …');
    await copyGuestFiles(guest, root);
    await forgetWhoItIs(root);
    await configureGrub(root, KERNEL_ARGUMENTS);
    const grub = join(folder, 'grub');
    const loader = await makeGrub(grub, '(hd0,gpt1)/boot/grub', LOADER_SECTOR);
    await makeBootableDisk(join(folder, DISK), { folder: root, mib: DISK_MIB, loader });
    for (const done of [root, grub, `${grub}.debs`]) await rm(done, { recursive: true });
  },

  open: (folder) => diskImage('debian-12-amd64', folder),
};

/** What `debootstrap` and the packages have left that would tell this machine from others. */
async function forgetWhoItIs(root: string): Promise<void> {
  const ssh = join(root, 'etc/ssh');
  for (const name of await readdir(ssh)) {
    if (name.startsWith('ssh_host_')) await rm(join(ssh, name));
  }
  await writeFile(join(root, 'etc/machine-id'), '');
  // systemd would take this one, which every machine of the image would share.
  await rm(join(root, 'var/lib/dbus/machine-id'), { force: true });
  await rm(join(root, 'etc/hostname'), { force: true });
  await rm(join(root, 'etc/resolv.conf'), { force: true });
  await run('chroot', [root, 'apt-get', 'clean']);
  await run('chroot', [root, 'systemctl', 'enable', 'metadata-link.service']);
}
