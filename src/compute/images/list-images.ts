import type { DriverName } from '../driver.ts';
import { findImage, imageDirectory } from './build-image.ts';
import { catalogue } from './catalogue.ts';
import { ownDisk } from './disk/own-disk.ts';
import type { Recipe } from './image.ts';

/** An image of the catalogue, as it is on this host at this moment. */
export interface ImageState {
  readonly name: string;
  /** The drivers that boot it; `mock` takes any image. */
  readonly drivers: readonly DriverName[];
  /** Who logs in over SSH. */
  readonly loginName: string;
  /** Whether it is built or fetched; else the first launch does that. */
  readonly ready: boolean;
  /** One sentence on why it is not ready and cannot be made so now. */
  readonly obstacle?: string;
}

/** Every image of the catalogue. May take some seconds, where vendors' servers do not answer. */
export function listImages(directory = imageDirectory()): Promise<ImageState[]> {
  const recipes = [...catalogue.values()].filter((recipe) => recipe !== ownDisk);
  return Promise.all(recipes.map((recipe) => stateOf(recipe, directory)));
}

async function stateOf(recipe: Recipe, directory: string): Promise<ImageState> {
  const { name, drivers, loginName } = recipe;
  const ready = (await findImage(recipe, directory)) !== undefined;
  const obstacle = ready ? undefined : await recipe.obstacle();
  return { name, drivers, loginName, ready, ...(obstacle !== undefined && { obstacle }) };
}
