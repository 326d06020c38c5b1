import { access } from 'node:fs/promises';
import { missingPackages } from './qemu/requirements.ts';
import { run } from './run.ts';

/**
 * Brings what machines need onto this host. On Debian and its kin as root it installs the missing
 * packages; elsewhere it says what to run. True if nothing is missing in the end.
 *
 * @param say gets one line for people
 */
export async function prepareHost(say: (line: string) => void): Promise<boolean> {
  const missing = await missingPackages();
  if (missing.length === 0) return true;
  const command = `apt-get install --no-install-recommends ${missing.join(' ')}`;
  const debian = await access('/usr/bin/apt-get').then(
    () => true,
    () => false,
  );
  if (!debian) {
    say(`Instances will not boot: this host lacks what Debian calls ${missing.join(', ')}.`);
    return false;
  }
  if (process.getuid?.() !== 0) {
    say(`Instances will not boot until somebody runs: sudo ${command}`);
    return false;
  }
  say(`Installing ${missing.join(', ')} with apt-get, once for this host …`);
  const options = ['-y', '-qq', '--no-install-recommends'];
  await run('apt-get', ['update', '-qq']);
  await run('apt-get', ['install', ...options, ...missing]);
  return (await missingPackages()).length === 0;
}
