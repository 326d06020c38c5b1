import type { DriverName } from '../driver.ts';
import { findImage } from './build-image.ts';
import { catalogue } from './catalogue.ts';
import type { Recipe } from './image.ts';
import { tiny } from './tiny/recipe.ts';

/**
 * One sentence on why there is no such image and none can be made now; undefined if there is or if
 * nothing is known against it. That of a driver which is being chosen is the smallest.
 */
export async function whyNoImage(
  images: string,
  recipe: Recipe = tiny,
): Promise<string | undefined> {
  if (await findImage(recipe, images)) return undefined;
  const obstacle = await recipe.obstacle();
  return obstacle && `The image ${recipe.name} is not built yet, and cannot be: ${obstacle}`;
}

/** One sentence on why a driver has nothing to start a machine of an image with; undefined if it has. */
export async function whyNotBootable(
  name: string,
  driver: DriverName,
  images: string,
): Promise<string | undefined> {
  const recipe = catalogue.get(name);
  if (!recipe) return `There is nothing to boot it with.`;
  if (recipe.drivers.includes(driver)) return await whyNoImage(images, recipe);
  return `It boots with ${recipe.drivers.join(', ')}, not with ${driver}.`;
}
