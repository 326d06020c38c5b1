import { packagesMissingFor, type Program } from '../installed.ts';
import { run } from '../run.ts';

/** What lays the network of a VPC. */
export const NETWORK_PROGRAMS: readonly Program[] = [
  ['nsenter', 'util-linux'],
  ['unshare', 'util-linux'],
  ['ip', 'iproute2'],
  ['nft', 'nftables'],
];

/** One sentence on why this kernel does not carry the packets of VPCs; undefined if it does. */
export async function whyNoRules(): Promise<string | undefined> {
  try {
    await run('unshare', ['--net', 'nft', 'add table inet vpc']);
    return undefined;
  } catch {
    return 'This kernel has no nftables, or does not let root use it.';
  }
}

/** One sentence on why machines with a kernel of their own cannot be in VPCs here; undefined if they can. */
export async function whyNoTaps(): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'VPCs are on Linux only.';
  if (process.getuid?.() !== 0) return 'VPCs take root: start Alacarte with sudo.';
  const missing = await packagesMissingFor(NETWORK_PROGRAMS);
  if (missing.length > 0) return `VPCs need more: run apt-get install ${missing.join(' ')}.`;
  const obstacle = await whyNoRules();
  if (obstacle !== undefined) return obstacle;
  try {
    await run('unshare', ['--net', 'ip', 'tuntap', 'add', 'dev', 'eni', 'mode', 'tap']);
    return undefined;
  } catch {
    return 'This host has no /dev/net/tun, or does not let root use it.';
  }
}
