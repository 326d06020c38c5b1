import { buildImage } from '../src/compute/images/build-image.ts';
import { catalogue } from '../src/compute/images/catalogue.ts';
import { tiny } from '../src/compute/images/tiny/recipe.ts';
import { prepareHost } from './prepare-host.ts';

// `npm run image [name …]`: brings what instances need onto this host and builds images ahead of time,
// without a name the one that everything else is tried with.
const [, , ...names] = process.argv;
const recipes = (names.length > 0 ? names : [tiny.name]).map((name) => {
  const recipe = catalogue.get(name);
  if (!recipe) throw new Error(`No image ${name}; there are ${[...catalogue.keys()].join(', ')}.`);
  return recipe;
});
if (!(await prepareHost())) process.exit(1);
for (const recipe of recipes) await buildImage(recipe, { progress: console.log });
