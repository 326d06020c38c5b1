import type { ImageDiskContainer } from '@aws-sdk/client-ec2';
import { findDiskFile, type DiskFile } from '../../../../compute/images/disk/disk-file.ts';
import * as errors from '../../errors.ts';
import { diskNotImported } from '../../import-errors.ts';
import type { Ec2Scope } from '../../scope.ts';
import { checkUsable } from '../snapshots/usable.ts';
import type { ImportedDisk } from './import-task.ts';

/** What requests call the forms of disks that are read here, of which AWS has no `QCOW2`. */
const FORMATS: Readonly<Record<string, DiskFile['format']>> = {
  RAW: 'raw',
  VHD: 'vpc',
  QCOW2: 'qcow2',
};
const GIB = 1024 ** 3;
/** https://docs.aws.amazon.com/vm-import/latest/userguide/prerequisites.html */
const MOST_GIB = 16_384;

/**
 * The disk that a container of a request names: a file, or for images a snapshot as well.
 *
 * @param name of the container in the request
 * @throws MissingParameter, InvalidParameterValue, InvalidSnapshot.NotFound, UnsupportedOperation
 */
export async function readDisk(
  container: ImageDiskContainer,
  name: string,
  scope: Ec2Scope,
): Promise<ImportedDisk> {
  const { Description, Format, SnapshotId, Url, UserBucket } = container;
  const common = Description !== undefined && { description: Description };
  if (SnapshotId !== undefined) {
    const { id, gib } = checkUsable(
      await scope.snapshots.find(SnapshotId, scope.caller),
      scope.clock.now(),
    );
    return { ...common, gib, snapshotId: id };
  }
  if (UserBucket !== undefined || /^(s3|https?):/i.test(Url ?? '')) {
    throw errors.unsupported(
      'Alacarte imports disks from files of its host yet, not from S3: give a Url that begins with file:.',
    );
  }
  if (!Url) throw errors.missingParameter(`${name}.Url`);
  const format = Format === undefined ? undefined : formatOf(Format, name);
  const file = await lookAt(Url, format, scope.compute.importFolder);
  const gib = Math.ceil(file.bytes / GIB);
  if (gib < 1 || gib > MOST_GIB) {
    throw diskNotImported(`The disk in ${Url} has ${file.bytes} bytes, not 1 to ${MOST_GIB} GiB.`);
  }
  return { ...common, gib, snapshotId: scope.ids.resource('snap'), file: { ...file, url: Url } };
}

function formatOf(given: string, name: string): DiskFile['format'] {
  const format = FORMATS[given.toUpperCase()];
  if (format) return format;
  if (['OVA', 'VHDX', 'VMDK'].includes(given.toUpperCase())) {
    throw errors.unsupported(`Alacarte does not read disks of the format ${given} yet.`);
  }
  throw errors.invalidValue(given, `${name}.Format`, 'Expected RAW, VHD or QCOW2.');
}

async function lookAt(
  url: string,
  format: DiskFile['format'] | undefined,
  folder: string,
): Promise<DiskFile> {
  try {
    return await findDiskFile(url, folder, format);
  } catch (error) {
    throw diskNotImported((error as Error).message);
  }
}
