import { existsSync } from 'node:fs';

/**
 * The package's folder, ending in `/`: what is read at run time (models, the guest's files) lies
 * below it. It is looked for upwards, as the build puts this module elsewhere than the sources do.
 */
export const packageRoot: URL = find(new URL('.', import.meta.url));

function find(folder: URL): URL {
  if (existsSync(new URL('package.json', folder))) return folder;
  const parent = new URL('..', folder);
  if (parent.href === folder.href) throw new Error(`no package.json above ${import.meta.url}`);
  return find(parent);
}
