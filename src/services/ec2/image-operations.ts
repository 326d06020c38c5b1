import type { AnyOperation } from '../../kernel/operation.ts';
import { cancelImageLaunchPermission } from './operations/cancel-image-launch-permission.ts';
import { copyImage } from './operations/copy-image.ts';
import { copySnapshot } from './operations/copy-snapshot.ts';
import { createImage } from './operations/create-image.ts';
import { createSnapshot } from './operations/create-snapshot.ts';
import { createSnapshots } from './operations/create-snapshots.ts';
import { deleteSnapshot } from './operations/delete-snapshot.ts';
import { deregisterImage } from './operations/deregister-image.ts';
import { describeFastSnapshotRestores } from './operations/describe-fast-snapshot-restores.ts';
import { describeImageAttribute } from './operations/describe-image-attribute.ts';
import { describeImageReferences } from './operations/describe-image-references.ts';
import { describeInstanceImageMetadata } from './operations/describe-instance-image-metadata.ts';
import { describeLockedSnapshots } from './operations/describe-locked-snapshots.ts';
import { describeSnapshotAttribute } from './operations/describe-snapshot-attribute.ts';
import { describeSnapshotTierStatus } from './operations/describe-snapshot-tier-status.ts';
import { describeSnapshots } from './operations/describe-snapshots.ts';
import { disableAllowedImagesSettings } from './operations/disable-allowed-images-settings.ts';
import { disableFastSnapshotRestores } from './operations/disable-fast-snapshot-restores.ts';
import { disableImage } from './operations/disable-image.ts';
import { disableImageDeprecation } from './operations/disable-image-deprecation.ts';
import { disableImageDeregistrationProtection } from './operations/disable-image-deregistration-protection.ts';
import { enableAllowedImagesSettings } from './operations/enable-allowed-images-settings.ts';
import { enableFastSnapshotRestores } from './operations/enable-fast-snapshot-restores.ts';
import { enableImage } from './operations/enable-image.ts';
import { enableImageDeprecation } from './operations/enable-image-deprecation.ts';
import { enableImageDeregistrationProtection } from './operations/enable-image-deregistration-protection.ts';
import { enableVolumeIO } from './operations/enable-volume-io.ts';
import { getAllowedImagesSettings } from './operations/get-allowed-images-settings.ts';
import { getEbsDefaultKmsKeyId } from './operations/get-ebs-default-kms-key-id.ts';
import { getImageAncestry } from './operations/get-image-ancestry.ts';
import { listImagesInRecycleBin } from './operations/list-images-in-recycle-bin.ts';
import { listSnapshotsInRecycleBin } from './operations/list-snapshots-in-recycle-bin.ts';
import { listVolumesInRecycleBin } from './operations/list-volumes-in-recycle-bin.ts';
import { lockSnapshot } from './operations/lock-snapshot.ts';
import { modifyEbsDefaultKmsKeyId } from './operations/modify-ebs-default-kms-key-id.ts';
import { modifyImageAttribute } from './operations/modify-image-attribute.ts';
import { modifySnapshotAttribute } from './operations/modify-snapshot-attribute.ts';
import { modifySnapshotTier } from './operations/modify-snapshot-tier.ts';
import { registerImage } from './operations/register-image.ts';
import { replaceImageCriteriaInAllowedImagesSettings } from './operations/replace-image-criteria-in-allowed-images-settings.ts';
import { resetEbsDefaultKmsKeyId } from './operations/reset-ebs-default-kms-key-id.ts';
import { resetImageAttribute } from './operations/reset-image-attribute.ts';
import { resetSnapshotAttribute } from './operations/reset-snapshot-attribute.ts';
import { restoreImageFromRecycleBin } from './operations/restore-image-from-recycle-bin.ts';
import { restoreSnapshotFromRecycleBin } from './operations/restore-snapshot-from-recycle-bin.ts';
import { restoreSnapshotTier } from './operations/restore-snapshot-tier.ts';
import { restoreVolumeFromRecycleBin } from './operations/restore-volume-from-recycle-bin.ts';
import { unlockSnapshot } from './operations/unlock-snapshot.ts';
import type { Ec2Scope } from './scope.ts';

/** Snapshots of volumes, what encrypts them, and images that are made of them. */
export const imageOperations: readonly AnyOperation<Ec2Scope>[] = [
  cancelImageLaunchPermission,
  copyImage,
  copySnapshot,
  createImage,
  createSnapshot,
  createSnapshots,
  deleteSnapshot,
  deregisterImage,
  describeFastSnapshotRestores,
  describeImageAttribute,
  describeImageReferences,
  describeInstanceImageMetadata,
  describeLockedSnapshots,
  describeSnapshotAttribute,
  describeSnapshotTierStatus,
  describeSnapshots,
  disableAllowedImagesSettings,
  disableFastSnapshotRestores,
  disableImage,
  disableImageDeprecation,
  disableImageDeregistrationProtection,
  enableAllowedImagesSettings,
  enableFastSnapshotRestores,
  enableImage,
  enableImageDeprecation,
  enableImageDeregistrationProtection,
  enableVolumeIO,
  getAllowedImagesSettings,
  getEbsDefaultKmsKeyId,
  getImageAncestry,
  listImagesInRecycleBin,
  listSnapshotsInRecycleBin,
  listVolumesInRecycleBin,
  lockSnapshot,
  modifyEbsDefaultKmsKeyId,
  modifyImageAttribute,
  modifySnapshotAttribute,
  modifySnapshotTier,
  registerImage,
  replaceImageCriteriaInAllowedImagesSettings,
  resetEbsDefaultKmsKeyId,
  resetImageAttribute,
  resetSnapshotAttribute,
  restoreImageFromRecycleBin,
  restoreSnapshotFromRecycleBin,
  restoreSnapshotTier,
  restoreVolumeFromRecycleBin,
  unlockSnapshot,
];
