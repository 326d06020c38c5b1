import { buildImage } from '../src/compute/images/build-image.ts';
import { recipeOf } from '../src/compute/images/catalogue.ts';
import { prepareHost } from '../src/compute/prepare-host.ts';

// npm run image [name]: what the first launch would do otherwise, ahead of time.
const say = (line: string): void => console.log(line);
if (!(await prepareHost(say))) process.exit(1);
const image = await buildImage(recipeOf(process.argv[2] ?? 'tiny'), { progress: say });
say(`Image ${image.name} is ready: ${image.kernel}`);
