import type { AnyOperation } from '../../kernel/operation.ts';
import { copyImage } from './operations/copy-image.ts';
import { copySnapshot } from './operations/copy-snapshot.ts';
import { createImage } from './operations/create-image.ts';
import { createSnapshot } from './operations/create-snapshot.ts';
import { createSnapshots } from './operations/create-snapshots.ts';
import { deleteSnapshot } from './operations/delete-snapshot.ts';
import { deregisterImage } from './operations/deregister-image.ts';
import { describeImages } from './operations/describe-images.ts';
import { describeImageAttribute } from './operations/describe-image-attribute.ts';
import { describeSnapshotAttribute } from './operations/describe-snapshot-attribute.ts';
import { describeSnapshots } from './operations/describe-snapshots.ts';
import { modifyImageAttribute } from './operations/modify-image-attribute.ts';
import { modifySnapshotAttribute } from './operations/modify-snapshot-attribute.ts';
import { registerImage } from './operations/register-image.ts';
import { resetImageAttribute } from './operations/reset-image-attribute.ts';
import { resetSnapshotAttribute } from './operations/reset-snapshot-attribute.ts';
import type { Ec2Scope } from './scope.ts';

/** Snapshots of volumes, and images that are made of them. */
export const imageOperations: readonly AnyOperation<Ec2Scope>[] = [
  copyImage,
  copySnapshot,
  createImage,
  createSnapshot,
  createSnapshots,
  deleteSnapshot,
  deregisterImage,
  describeImageAttribute,
  describeImages,
  describeSnapshotAttribute,
  describeSnapshots,
  modifyImageAttribute,
  modifySnapshotAttribute,
  registerImage,
  resetImageAttribute,
  resetSnapshotAttribute,
];
