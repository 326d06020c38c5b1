import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { missingPackages as missingForNamespaces } from '../src/compute/namespaces/requirements.ts';
import { missingPackages as missingForQemu } from '../src/compute/qemu/requirements.ts';

/**
 * Installs the Debian packages that machines, and with `forTests` the tests, use and that are not
 * there: as root on Debian and its kin. Elsewhere it says what to run; what needs them then skips,
 * loudly.
 *
 * @returns whether nothing is missing in the end
 */
export async function prepareHost({ forTests = false } = {}): Promise<boolean> {
  const missing = await missingHere(forTests);
  if (missing.length === 0) return true;
  const obstacle = whyNot();
  if (obstacle !== undefined) {
    const command = `apt-get install --no-install-recommends ${missing.join(' ')}`;
    console.error(`NOT INSTALLED, as ${obstacle}: ${missing.join(', ')}. Run: ${command}`);
    return false;
  }
  console.log(`Installing ${missing.join(', ')} with apt-get, once for this host …`);
  apt('update');
  apt('install', '-y', '--no-install-recommends', ...missing);
  return (await missingHere(forTests)).length === 0;
}

async function missingHere(forTests: boolean): Promise<string[]> {
  const missing = await missingForQemu();
  if (process.getuid?.() === 0) missing.push(...(await missingForNamespaces()));
  if (!existsSync('/usr/bin/ssh')) missing.push('openssh-client');
  if (forTests && !existsSync('/usr/lib/postgresql')) missing.push('postgresql');
  if (forTests && !existsSync('/usr/bin/chromium')) missing.push('chromium');
  return [...new Set(missing)];
}

function whyNot(): string | undefined {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return 'this is not Debian';
  return process.getuid?.() === 0 ? undefined : 'this is not root';
}

function apt(...args: readonly string[]): void {
  execFileSync('apt-get', ['-qq', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
