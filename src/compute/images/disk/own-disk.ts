import type { Recipe } from '../image.ts';
import { diskImage } from './disk-image.ts';

/**
 * What a machine is made of whose root disk somebody has brought: nothing is to be built, as the disk has
 * everything, a kernel and a boot loader with it.
 */
export const ownDisk: Recipe = {
  name: 'own-disk',
  loginName: '',
  architecture: 'x86_64',
  drivers: ['qemu'],
  obstacle: () => Promise.resolve(undefined),
  fingerprint: () => Promise.resolve('0'.repeat(64)),
  build: () => Promise.resolve(),
  open: (folder) => diskImage('own-disk', folder),
};
