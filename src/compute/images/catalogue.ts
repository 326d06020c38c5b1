import { debian12 } from './debian-12/recipe.ts';
import { ownDisk } from './disk/own-disk.ts';
import { fetched } from './fetched/recipe.ts';
import { vendorImages } from './fetched/vendors.ts';
import type { Recipe } from './image.ts';
import { tiny } from './tiny/recipe.ts';

/** What machines are made of, by the name that their specifications give. */
export const catalogue: ReadonlyMap<string, Recipe> = new Map(
  [tiny, debian12, ...vendorImages.map(fetched), ownDisk].map((recipe) => [recipe.name, recipe]),
);

/** The recipe of an image. */
export function recipeOf(name: string): Recipe {
  const recipe = catalogue.get(name);
  if (!recipe) throw new Error(`The catalogue has no image named ${name}.`);
  return recipe;
}
