import { access, constants, readFile } from 'node:fs/promises';
import { whyNoImage } from '../images/obstacle.ts';
import { packagesMissingFor, type Program } from '../installed.ts';
import { NETWORK_PROGRAMS, whyNoRules } from '../network/requirements.ts';
import { run } from '../run.ts';
import { findHierarchies } from './cgroups.ts';

const PROGRAMS: readonly Program[] = [
  ...NETWORK_PROGRAMS,
  ['setpriv', 'util-linux'],
  ['mount', 'mount'],
  ['perl', 'perl-base'],
  ['tar', 'tar'],
  ['mkfifo', 'coreutils'],
];
const ALL_NAMESPACES = ['user', 'mount', 'pid', 'net', 'uts', 'ipc', 'cgroup', 'time'];

/** One sentence on what stands in the way; undefined if nothing does. Takes milliseconds. */
export async function whyNotUsable(images: string): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return `Built for x86-64 Linux hosts so far; this is ${process.platform} on ${process.arch}.`;
  }
  if (process.getuid?.() !== 0) return 'It takes root: start Alacarte with sudo.';
  const missing = await missingPackages();
  if (missing.length > 0) return `Not installed: run apt-get install ${missing.join(' ')}.`;
  return (await whyNoKernel()) ?? (await whyNoImage(images));
}

/** The Debian packages that machines in namespaces use and that are not there. */
export function missingPackages(): Promise<string[]> {
  return packagesMissingFor(PROGRAMS);
}

async function whyNoKernel(): Promise<string | undefined> {
  const fileSystems = await readFile('/proc/filesystems', 'utf8');
  if (!/\boverlay$/m.test(fileSystems)) return 'This kernel has no overlay file system.';
  const { found, missing } = await findHierarchies();
  if (missing.length > 0) return `This host has no cgroup controller for ${missing.join(', ')}.`;
  for (const { root } of found) {
    const writable = await access(root, constants.W_OK).then(
      () => true,
      () => false,
    );
    if (!writable) return `Cgroups cannot be made in ${root}: it is read-only, as in a container.`;
  }
  try {
    await run('unshare', ['--fork', ...ALL_NAMESPACES.map((kind) => `--${kind}`), 'true']);
  } catch {
    return 'This host does not let even root make namespaces of every kind.';
  }
  return await whyNoRules();
}
