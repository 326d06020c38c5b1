import type { AnyOperation } from '../../kernel/operation.ts';
import { cancelImageLaunchPermission } from './operations/cancel-image-launch-permission.ts';
import { copyImage } from './operations/copy-image.ts';
import { createImage } from './operations/create-image.ts';
import { deregisterImage } from './operations/deregister-image.ts';
import { describeImageAttribute } from './operations/describe-image-attribute.ts';
import { describeImages } from './operations/describe-images.ts';
import { describeImageReferences } from './operations/describe-image-references.ts';
import { describeInstanceImageMetadata } from './operations/describe-instance-image-metadata.ts';
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
import { listImagesInRecycleBin } from './operations/list-images-in-recycle-bin.ts';
import { modifyImageAttribute } from './operations/modify-image-attribute.ts';
import { registerImage } from './operations/register-image.ts';
import { replaceImageCriteriaInAllowedImagesSettings } from './operations/replace-image-criteria-in-allowed-images-settings.ts';
import { resetImageAttribute } from './operations/reset-image-attribute.ts';
import { restoreImageFromRecycleBin } from './operations/restore-image-from-recycle-bin.ts';
import type { Ec2Scope } from './scope.ts';

/** Images: who may use them, and for how long. */
export const imageOperations: readonly AnyOperation<Ec2Scope>[] = [
  cancelImageLaunchPermission,
  copyImage,
  createImage,
  deregisterImage,
  describeImageAttribute,
  describeImages,
  describeImageReferences,
  describeInstanceImageMetadata,
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
  listImagesInRecycleBin,
  modifyImageAttribute,
  registerImage,
  replaceImageCriteriaInAllowedImagesSettings,
  resetImageAttribute,
  restoreImageFromRecycleBin,
];
