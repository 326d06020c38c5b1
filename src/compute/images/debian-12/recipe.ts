import { createHash } from 'node:crypto';
import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../../../package-root.ts';
import { isInstalled } from '../../installed.ts';
import { run } from '../../run.ts';
import { makeExt4 } from '../ext4.ts';
import { copyGuestFiles, filesUnder } from '../guest-files.ts';
import type { Recipe } from '../image.ts';

/** Counts up when the steps below change what they make of the same packages and files. */
const STEPS = 2;
const RELEASE = 'bookworm';
const MIRROR = 'http://deb.debian.org/debian';
/** Beside what every Debian has: an init, an SSH server, cloud-init and what that works with. */
const PACKAGES = [
  ...['linux-image-cloud-amd64', 'systemd-sysv', 'libpam-systemd', 'dbus', 'udev'],
  ...['cloud-init', 'openssh-server', 'sudo', 'ca-certificates'],
  ...['iproute2', 'ifupdown', 'isc-dhcp-client'],
  // cloud-init's cryptography needs it by another name, which debootstrap does not resolve.
  'python3-cffi-backend',
];

/** The guest's own files lie beside the sources, also when this runs out of `dist/`. */
const guest = fileURLToPath(new URL('src/compute/images/debian-12/guest/', packageRoot));

/** Debian 12 with its own systemd, OpenSSH and cloud-init, put together as root by `debootstrap`. */
export const debian12: Recipe = {
  name: 'debian-12-amd64',
  loginName: 'admin',
  architecture: 'x86_64',

  async fingerprint() {
    const hash = createHash('sha256').update([STEPS, RELEASE, ...PACKAGES].join());
    for (const file of await filesUnder(guest)) {
      hash.update(`\0${relative(guest, file)}\0`).update(await readFile(file));
    }
    return hash.digest('hex');
  },

  async build(folder, progress) {
    if (process.getuid?.() !== 0) throw new Error('It takes root: run it with sudo.');
    if (!(await isInstalled('debootstrap'))) {
      throw new Error('Not installed: run apt-get install debootstrap.');
    }
    const root = join(folder, 'root');
    progress(`fetching and installing Debian's packages, which takes some minutes …`);
    const include = `--include=${PACKAGES.join()}`;
    await run('debootstrap', ['--variant=minbase', include, RELEASE, root, MIRROR]);
    progress('making it an image …');
    await copyGuestFiles(guest, root);
    await forgetWhoItIs(root);
    for (const name of await readdir(join(root, 'boot'))) {
      if (name.startsWith('vmlinuz-'))
        await copyFile(join(root, 'boot', name), join(folder, 'kernel'));
      if (name.startsWith('initrd.img-'))
        await copyFile(join(root, 'boot', name), join(folder, 'initrd'));
    }
  },

  open: (folder) => ({
    name: 'debian-12-amd64',
    id: basename(folder),
    // systemd makes its machine ID and draws randomness before cloud-init asks who it is.
    asksFirst: false,
    board: 'q35',
    kernel: join(folder, 'kernel'),
    initrd: join(folder, 'initrd'),
    kernelArguments: ['root=/dev/vda', 'rootfstype=ext4', 'net.ifnames=0'],
    makeRootDisk: (file, gib) => makeExt4(file, { folder: join(folder, 'root'), gib }),
    makeRootFolder: () => {
      throw new Error(ONLY_IN_A_MACHINE);
    },
    archiveRoot: () => {
      throw new Error(ONLY_IN_A_MACHINE);
    },
  }),
};

const ONLY_IN_A_MACHINE =
  'systemd wants a cgroup of its own, which guests on the host’s kernel have not.';

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
