import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { onlyOne } from '../only-one.ts';
import type { Image, Progress, Recipe } from './image.ts';

/** Where built images are kept: `ALACARTE_IMAGES`, else under the user's cache directory. */
export function imageDirectory(env: NodeJS.ProcessEnv = process.env): string {
  if (env['ALACARTE_IMAGES']) return env['ALACARTE_IMAGES'];
  const cache = env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return join(cache, 'alacarte', 'images');
}

/** The image if it has been built already. */
export async function findImage(
  recipe: Recipe,
  directory = imageDirectory(),
): Promise<Image | undefined> {
  const folder = await folderOf(recipe, directory);
  return (await exists(folder)) ? recipe.open(folder) : undefined;
}

/**
 * The image, built first if nobody has yet. Of several processes one builds and the others wait. A
 * build appears under its name when it is whole: an interrupted one leaves nothing that is used.
 */
export async function buildImage(
  recipe: Recipe,
  { directory = imageDirectory(), progress }: { directory?: string; progress: Progress },
): Promise<Image> {
  const built = await findImage(recipe, directory);
  if (built) return built;
  const obstacle = await recipe.obstacle();
  if (obstacle !== undefined) throw new Error(`Image ${recipe.name} cannot be built: ${obstacle}`);
  const folder = await folderOf(recipe, directory);
  const waiting = () => progress(`Image ${recipe.name}: it is being built already, waiting …`);
  await onlyOne(`image ${folder}`, () => buildAt(recipe, folder, directory, progress), waiting);
  return recipe.open(folder);
}

async function buildAt(
  recipe: Recipe,
  folder: string,
  directory: string,
  progress: Progress,
): Promise<void> {
  if (await exists(folder)) return;
  await mkdir(directory, { recursive: true });
  await removeAbandoned(directory, recipe);
  const draft = `${folder}${DRAFT}`;
  await mkdir(draft);
  const startMs = performance.now();
  progress(`Image ${recipe.name}: building, once for this recipe …`);
  try {
    await recipe.build(draft, (line) => progress(`Image ${recipe.name}: ${line}`));
    await rename(draft, folder);
  } catch (cause) {
    await rm(draft, { recursive: true, force: true });
    throw new Error(`Image ${recipe.name} could not be built.`, { cause });
  }
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  progress(`Image ${recipe.name}: built in ${seconds} s, kept in ${folder}`);
}

const DRAFT = '.building';

/** Drafts of builds that were killed; the lock says that nobody works on them. */
async function removeAbandoned(directory: string, recipe: Recipe): Promise<void> {
  for (const name of await readdir(directory)) {
    if (!name.startsWith(`${recipe.name}-`) || !name.endsWith(DRAFT)) continue;
    await rm(join(directory, name), { recursive: true, force: true });
  }
}

async function folderOf(recipe: Recipe, directory: string): Promise<string> {
  return join(directory, `${recipe.name}-${(await recipe.fingerprint()).slice(0, 16)}`);
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
