import { spawn } from 'node:child_process';

/** Waits for the server to go, however it does, and removes what is on the host of its VPCs. */
const SCRIPT = `
read -r _
ip netns list | while read -r name _; do
  case $name in "$1"-*) ip netns delete "$name" ;; esac
done
nft delete table inet "$1"
`;

/**
 * Has the VPCs of a cloud that keeps nothing end with this process.
 *
 * @param cloud the beginning of their names
 */
export function dieWithServer(cloud: string): void {
  const watcher = spawn('sh', ['-c', SCRIPT, 'sh', cloud], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` },
  });
  watcher.unref();
  // Stays open as long as this process.
  (watcher.stdin as unknown as { unref(): void }).unref();
}
