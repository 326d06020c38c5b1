import type { AnyOperation } from '../../kernel/operation.ts';
import { attachVolume } from './operations/attach-volume.ts';
import { createReplaceRootVolumeTask } from './operations/create-replace-root-volume-task.ts';
import { createVolume } from './operations/create-volume.ts';
import { deleteVolume } from './operations/delete-volume.ts';
import { describeReplaceRootVolumeTasks } from './operations/describe-replace-root-volume-tasks.ts';
import { describeVolumeAttribute } from './operations/describe-volume-attribute.ts';
import { describeVolumeStatus } from './operations/describe-volume-status.ts';
import { describeVolumesModifications } from './operations/describe-volumes-modifications.ts';
import { describeVolumes } from './operations/describe-volumes.ts';
import { detachVolume } from './operations/detach-volume.ts';
import { enableVolumeIO } from './operations/enable-volume-io.ts';
import { getEbsDefaultKmsKeyId } from './operations/get-ebs-default-kms-key-id.ts';
import { listVolumesInRecycleBin } from './operations/list-volumes-in-recycle-bin.ts';
import { modifyEbsDefaultKmsKeyId } from './operations/modify-ebs-default-kms-key-id.ts';
import { modifyVolumeAttribute } from './operations/modify-volume-attribute.ts';
import { modifyVolume } from './operations/modify-volume.ts';
import { resetEbsDefaultKmsKeyId } from './operations/reset-ebs-default-kms-key-id.ts';
import { restoreVolumeFromRecycleBin } from './operations/restore-volume-from-recycle-bin.ts';
import type { Ec2Scope } from './scope.ts';

/** Volumes, what encrypts them, and root volumes that are replaced. */
export const volumeOperations: readonly AnyOperation<Ec2Scope>[] = [
  attachVolume,
  createReplaceRootVolumeTask,
  createVolume,
  deleteVolume,
  describeReplaceRootVolumeTasks,
  describeVolumeAttribute,
  describeVolumeStatus,
  describeVolumes,
  describeVolumesModifications,
  detachVolume,
  enableVolumeIO,
  getEbsDefaultKmsKeyId,
  listVolumesInRecycleBin,
  modifyEbsDefaultKmsKeyId,
  modifyVolume,
  modifyVolumeAttribute,
  resetEbsDefaultKmsKeyId,
  restoreVolumeFromRecycleBin,
];
