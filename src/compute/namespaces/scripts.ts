import { fileURLToPath } from 'node:url';
import { packageRoot } from '../../package-root.ts';

/** The folder of the shell scripts: beside the sources, also when this runs out of `dist/`. */
export const scripts = fileURLToPath(new URL('src/compute/namespaces/scripts', packageRoot));
