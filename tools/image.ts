import { buildImage } from '../src/compute/images/build-image.ts';
import { tiny } from '../src/compute/images/tiny/recipe.ts';
import { prepareHost } from './prepare-host.ts';

// `npm run image`: brings what instances need onto this host and builds their image ahead of time.
if (!(await prepareHost())) process.exit(1);
await buildImage(tiny, { progress: console.log });
