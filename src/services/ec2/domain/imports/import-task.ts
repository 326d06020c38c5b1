import type {
  BootModeValues,
  ImportImageTask,
  ImportSnapshotTask,
  SnapshotDetail,
} from '@aws-sdk/client-ec2';
import type { DiskFile } from '../../../../compute/images/disk/disk-file.ts';
import type { Place } from '../place.ts';

/** Disks of somebody's own that become snapshots, and an image where it has an `image`. */
export interface ImportTask extends Place {
  readonly id: string;
  readonly description?: string;
  readonly state: 'active' | 'completed' | 'deleting' | 'deleted';
  /** Why it did not come to its end. */
  readonly why?: string;
  readonly encrypted: boolean;
  readonly disks: readonly ImportedDisk[];
  readonly image?: ImportedImage;
}

export interface ImportedDisk {
  readonly description?: string;
  /** What the image calls it; absent where there is none. */
  readonly device?: string;
  readonly gib: number;
  /** What it becomes, or is already where it has no `file`. */
  readonly snapshotId: string;
  readonly file?: DiskFile & { readonly url: string };
}

export interface ImportedImage {
  readonly id: string;
  readonly licenseType?: string;
  readonly usageOperation?: string;
  readonly bootMode?: BootModeValues;
}

const ARCHITECTURE = 'x86_64';
const PLATFORM = 'Linux';

/** What AWS calls the forms of disks; its CLI's users know QEMU's by its own name. */
const FORMAT_NAMES = { raw: 'RAW', vpc: 'VHD', qcow2: 'QCOW2' } as const;

/** As DescribeImportImageTasks shows it, without tags. */
export function wireImageTask(task: ImportTask): ImportImageTask {
  const { id, image } = task;
  const isDone = task.state === 'completed';
  return {
    ImportTaskId: id,
    ...(task.description !== undefined && { Description: task.description }),
    Architecture: ARCHITECTURE,
    Platform: PLATFORM,
    ...(image?.licenseType && { LicenseType: image.licenseType }),
    ...(image?.usageOperation && { UsageOperation: image.usageOperation }),
    ...(image?.bootMode && { BootMode: image.bootMode }),
    ...(task.encrypted && { Encrypted: true }),
    ...(isDone && image && { ImageId: image.id }),
    ...progress(task),
    SnapshotDetails: task.disks.map((disk) => detail(disk, task)),
  };
}

/** As DescribeImportSnapshotTasks shows it, without tags. */
export function wireSnapshotTask(task: ImportTask): ImportSnapshotTask {
  const [disk] = task.disks;
  const description = task.description !== undefined && { Description: task.description };
  return {
    ImportTaskId: task.id,
    ...description,
    SnapshotTaskDetail: {
      ...(disk && detail(disk, task)),
      ...description,
      Encrypted: task.encrypted,
      ...progress(task),
    },
  };
}

function progress({ state, why }: ImportTask) {
  return {
    Status: state,
    ...(state === 'active' && { Progress: '0', StatusMessage: 'converting' }),
    ...(why !== undefined && { StatusMessage: why }),
  };
}

function detail(disk: ImportedDisk, { state }: ImportTask): SnapshotDetail {
  const { file } = disk;
  return {
    ...(disk.description !== undefined && { Description: disk.description }),
    ...(disk.device !== undefined && { DeviceName: disk.device }),
    ...(file && { DiskImageSize: file.bytes, Format: FORMAT_NAMES[file.format], Url: file.url }),
    ...((state === 'completed' || !file) && { SnapshotId: disk.snapshotId }),
    Status: state,
  };
}
