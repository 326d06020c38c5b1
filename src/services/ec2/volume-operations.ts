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
import { modifyVolumeAttribute } from './operations/modify-volume-attribute.ts';
import { modifyVolume } from './operations/modify-volume.ts';
import type { Ec2Scope } from './scope.ts';

/** Volumes, and root volumes that are replaced. */
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
  modifyVolume,
  modifyVolumeAttribute,
];
