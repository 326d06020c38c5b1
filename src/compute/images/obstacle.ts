import { isInstalled } from '../installed.ts';
import { findImage } from './build-image.ts';
import { tiny } from './tiny/recipe.ts';

const BUILD_PROGRAMS = ['apt-get', 'dpkg-deb'];

/** One sentence on why there is no image and none can be built; undefined if there is or can be. */
export async function whyNoImage(images: string): Promise<string | undefined> {
  if (await findImage(tiny, images)) return undefined;
  for (const program of BUILD_PROGRAMS) {
    if (!(await isInstalled(program))) {
      return `The image ${tiny.name} is not built yet, and without ${program} (Debian) it cannot be.`;
    }
  }
  return undefined;
}
