import type { BlockDeviceMapping } from '@aws-sdk/client-ec2';
import { AwsError } from '../../../kernel/aws-error.ts';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { checkName } from '../domain/images/names.ts';
import type { ImageDisk, OwnImage } from '../domain/images/own-image.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import type { Snapshot } from '../domain/snapshots/snapshot.ts';
import { checkRestored } from '../domain/snapshots/tier.ts';
import { tagsOfNew } from '../domain/tags.ts';
import { performanceOf } from '../domain/volumes/performance.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';
import { snapshotNotCompleted } from '../snapshot-errors.ts';

/** An image of a root volume's snapshot, and of others beside it. */
export const registerImage = operation(model.RegisterImage, {
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('RegisterImage', kinds.image, undefined, caller),
  async handle(input, scope) {
    const { caller, clock, ids, compute, imageOrders, snapshots } = scope;
    scope.realize(compute.driver.realization);
    refuseMembers('RegisterImage', input, [
      ...(['ImageLocation', 'BillingProducts', 'KernelId', 'RamdiskId'] as const),
      ...(['TpmSupport', 'UefiData', 'BootMode'] as const),
    ]);
    const name = checkName(input.Name);
    const { VirtualizationType = 'hvm', Architecture = 'x86_64', ImdsSupport, Description } = input;
    if (VirtualizationType !== 'hvm') {
      throw errors.unsupported('Alacarte has instances of virtualization type hvm only.');
    }
    if (Architecture !== 'x86_64' && Architecture !== 'arm64') {
      throw errors.unsupported(`Alacarte has no instances of architecture ${Architecture}.`);
    }
    const { SriovNetSupport } = input;
    if (SriovNetSupport !== undefined && SriovNetSupport !== 'simple') {
      throw errors.invalidValue(SriovNetSupport, 'sriovNetSupport', 'Expected simple.');
    }
    const { RootDeviceName = '/dev/xvda', BlockDeviceMappings = [] } = input;
    const root = BlockDeviceMappings.find(({ DeviceName }) => DeviceName === RootDeviceName);
    if (!root?.Ebs?.SnapshotId) {
      throw new AwsError(
        'InvalidBlockDeviceMapping',
        'The root device must be mapped to a snapshot.',
      );
    }
    const others = BlockDeviceMappings.filter((each) => each !== root && each.Ebs);
    const taken = await Promise.all(
      [root, ...others].map(async (mapping) => {
        const id = mapping.Ebs?.SnapshotId;
        const snapshot = id === undefined ? undefined : await snapshots.find(id, caller);
        if (snapshot && snapshot.state !== 'completed') {
          throw snapshotNotCompleted(snapshot.id, snapshot.state);
        }
        if (snapshot) checkRestored(snapshot, clock.now());
        return { disk: diskOf(mapping, snapshot), snapshot };
      }),
    );
    const system = taken[0]?.snapshot?.system;
    const { account, region } = caller;
    const image: OwnImage = {
      ...{ account, region, id: ids.resource('ami'), name },
      ...(Description !== undefined && { description: Description }),
      architecture: Architecture,
      createdAtMs: clock.now(),
      state: 'available',
      rootDeviceName: RootDeviceName,
      disks: taken.map(({ disk }) => disk),
      ...(system && { imageKey: system.imageKey }),
      rootCopy: system?.rootCopy ?? 'raw',
      requiresImdsV2: ImdsSupport === 'v2.0',
      enaSupport: input.EnaSupport ?? false,
      ...(SriovNetSupport && { sriovNetSupport: SriovNetSupport }),
    };
    const tags = tagsOfNew(caller, kinds.image, input.TagSpecifications);
    await imageOrders.create(image, tags);
    return { ImageId: image.id };
  },
});

function diskOf(
  { DeviceName: device, Ebs = {} }: BlockDeviceMapping,
  snapshot: Snapshot | undefined,
): ImageDisk {
  if (!device) throw errors.missingParameter('BlockDeviceMapping.1.DeviceName');
  const gib = Ebs.VolumeSize ?? snapshot?.gib;
  if (gib === undefined) throw errors.missingParameter('ebs.volumeSize or ebs.snapshotId');
  if (snapshot && gib < snapshot.gib) {
    throw new AwsError(
      'InvalidBlockDeviceMapping',
      `Volume of size ${gib}GB is smaller than snapshot '${snapshot.id}', expect size >= ${snapshot.gib}GB`,
    );
  }
  return {
    device,
    ...performanceOf({
      type: Ebs.VolumeType ?? 'gp2',
      ...{ gib, iops: Ebs.Iops, throughput: Ebs.Throughput },
    }),
    ...(snapshot && { snapshotId: snapshot.id }),
    encrypted: snapshot?.encrypted ?? Ebs.Encrypted ?? false,
    deleteOnTermination: Ebs.DeleteOnTermination ?? true,
  };
}
