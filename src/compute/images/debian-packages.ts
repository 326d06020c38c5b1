import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../run.ts';

/**
 * Fetches packages of the host's own Debian and unpacks them into `into`, without installing them
 * and without being root. `apt-get` checks their signatures as it would for an installation.
 */
export async function unpackDebianPackages(
  packages: readonly string[],
  into: string,
): Promise<void> {
  const downloads = `${into}.debs`;
  await mkdir(downloads, { recursive: true });
  await mkdir(into, { recursive: true });
  await run('apt-get', ['download', '-qq', ...packages], { cwd: downloads });
  for (const file of await readdir(downloads)) {
    await run('dpkg-deb', ['--extract', join(downloads, file), into]);
  }
}

/** The newest kernel package that a meta-package such as `linux-image-cloud-amd64` stands for. */
export async function dependencyOf(metaPackage: string, pattern: RegExp): Promise<string> {
  const description = await run('apt-cache', ['depends', metaPackage]);
  const found = pattern.exec(description)?.[0];
  if (found === undefined) {
    throw new Error(`Package lists name no kernel under ${metaPackage}: run apt-get update.`);
  }
  return found;
}
