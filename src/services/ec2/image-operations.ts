import type { AnyOperation } from '../../kernel/operation.ts';
import { cancelImageLaunchPermission } from './operations/cancel-image-launch-permission.ts';
import { copyImage } from './operations/copy-image.ts';
import { copySnapshot } from './operations/copy-snapshot.ts';
import { createImage } from './operations/create-image.ts';
import { createSnapshot } from './operations/create-snapshot.ts';
import { createSnapshots } from './operations/create-snapshots.ts';
import { deleteSnapshot } from './operations/delete-snapshot.ts';
import { deregisterImage } from './operations/deregister-image.ts';
import { describeImageAttribute } from './operations/describe-image-attribute.ts';
import { describeInstanceImageMetadata } from './operations/describe-instance-image-metadata.ts';
import { describeSnapshotAttribute } from './operations/describe-snapshot-attribute.ts';
import { describeSnapshots } from './operations/describe-snapshots.ts';
import { disableAllowedImagesSettings } from './operations/disable-allowed-images-settings.ts';
import { disableImageDeprecation } from './operations/disable-image-deprecation.ts';
import { disableImageDeregistrationProtection } from './operations/disable-image-deregistration-protection.ts';
import { disableImage } from './operations/disable-image.ts';
import { enableAllowedImagesSettings } from './operations/enable-allowed-images-settings.ts';
import { enableImageDeprecation } from './operations/enable-image-deprecation.ts';
import { enableImageDeregistrationProtection } from './operations/enable-image-deregistration-protection.ts';
import { enableImage } from './operations/enable-image.ts';
import { getAllowedImagesSettings } from './operations/get-allowed-images-settings.ts';
import { getImageAncestry } from './operations/get-image-ancestry.ts';
import { modifyImageAttribute } from './operations/modify-image-attribute.ts';
import { modifySnapshotAttribute } from './operations/modify-snapshot-attribute.ts';
import { registerImage } from './operations/register-image.ts';
import { replaceImageCriteriaInAllowedImagesSettings } from './operations/replace-image-criteria-in-allowed-images-settings.ts';
import { resetImageAttribute } from './operations/reset-image-attribute.ts';
import { resetSnapshotAttribute } from './operations/reset-snapshot-attribute.ts';
import type { Ec2Scope } from './scope.ts';

/** Snapshots of volumes, and images that are made of them. */
export const imageOperations: readonly AnyOperation<Ec2Scope>[] = [
  cancelImageLaunchPermission,
  copyImage,
  copySnapshot,
  createImage,
  createSnapshot,
  createSnapshots,
  deleteSnapshot,
  deregisterImage,
  describeImageAttribute,
  describeInstanceImageMetadata,
  describeSnapshotAttribute,
  describeSnapshots,
  disableAllowedImagesSettings,
  disableImage,
  disableImageDeprecation,
  disableImageDeregistrationProtection,
  enableAllowedImagesSettings,
  enableImage,
  enableImageDeprecation,
  enableImageDeregistrationProtection,
  getAllowedImagesSettings,
  getImageAncestry,
  modifyImageAttribute,
  modifySnapshotAttribute,
  registerImage,
  replaceImageCriteriaInAllowedImagesSettings,
  resetImageAttribute,
  resetSnapshotAttribute,
];
