import type { Volume as Described, VolumeType } from '@aws-sdk/client-ec2';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import { unless } from './refusals.ts';
import { shownTags, specification, updateTags } from './tags.ts';

type Volume = ResourceModels['AWS::EC2::Volume'];

const NOT_FOUND = 'InvalidVolume.NotFound';

export const volume = resourceType('AWS::EC2::Volume', {
  properties: [
    ...['AutoEnableIO', 'AvailabilityZone', 'AvailabilityZoneId', 'Encrypted', 'Iops'],
    ...['MultiAttachEnabled', 'Size', 'SnapshotId', 'Tags', 'Throughput', 'VolumeType'],
  ] as (keyof Volume)[],

  async create(desired, context) {
    const { AutoEnableIO, Tags, VolumeType: type, ...asked } = desired;
    const { VolumeId } = await context.invoke(model.CreateVolume, {
      ...asked,
      VolumeType: type as VolumeType | undefined,
      ClientToken: context.token,
      TagSpecifications: [specification('volume', Tags, context)],
    });
    if (AutoEnableIO !== undefined) await autoEnable(VolumeId!, AutoEnableIO, context);
    return VolumeId!;
  },

  stabilize: (id, context) =>
    context.until(async () => {
      const found = await describe(id, context);
      const isThere = found?.State === 'available' || found?.State === 'in-use';
      return isThere && !(await isBeingModified(id, context));
    }),

  async read(id, context) {
    const found = await describe(id, context);
    if (!found || found.State === 'deleting') return undefined;
    const { AutoEnableIO } = await context.invoke(model.DescribeVolumeAttribute, {
      ...{ VolumeId: id, Attribute: 'autoEnableIO' },
    });
    const Tags = shownTags(found.Tags);
    return {
      VolumeId: id,
      AvailabilityZone: found.AvailabilityZone!,
      AvailabilityZoneId: found.AvailabilityZoneId!,
      AutoEnableIO: AutoEnableIO!.Value!,
      Encrypted: found.Encrypted!,
      MultiAttachEnabled: found.MultiAttachEnabled!,
      Size: found.Size!,
      VolumeType: found.VolumeType!,
      ...(found.SnapshotId && { SnapshotId: found.SnapshotId }),
      ...(found.Iops !== undefined && { Iops: found.Iops }),
      ...(found.Throughput !== undefined && { Throughput: found.Throughput }),
      ...(Tags && { Tags }),
    };
  },

  async update(id, desired, previous, context) {
    const { AutoEnableIO = false } = desired;
    if (AutoEnableIO !== (previous.AutoEnableIO ?? false)) {
      await autoEnable(id, AutoEnableIO, context);
    }
    // An earlier attempt may have begun what is asked for.
    await context.until(async () => !(await isBeingModified(id, context)));
    const found = await describe(id, context);
    const sized = ['Size', 'VolumeType', 'Iops', 'Throughput'] as const;
    if (sized.some((name) => desired[name] !== undefined && desired[name] !== found?.[name])) {
      const { Size, VolumeType: type, Iops, Throughput } = desired;
      await context.invoke(model.ModifyVolume, {
        ...{ VolumeId: id, Size, Iops, Throughput },
        VolumeType: type as VolumeType | undefined,
      });
    }
    await updateTags(id, desired.Tags, context);
  },

  async delete(id, context) {
    const found = await describe(id, context);
    if (found && found.State !== 'deleting') {
      await unless(NOT_FOUND, context.invoke(model.DeleteVolume, { VolumeId: id }));
    }
    await context.until(async () => (await describe(id, context)) === undefined);
  },

  async list({ invoke }) {
    const { Volumes = [] } = await invoke(model.DescribeVolumes, {});
    return Volumes.map(({ VolumeId }) => VolumeId!);
  },
});

async function isBeingModified(id: string, { invoke }: ResourceContext): Promise<boolean> {
  const { VolumesModifications = [] } = await invoke(model.DescribeVolumesModifications, {
    Filters: [{ Name: 'volume-id', Values: [id] }],
  });
  return VolumesModifications.some(({ ModificationState }) => ModificationState === 'modifying');
}

async function autoEnable(VolumeId: string, Value: boolean, { invoke }: ResourceContext) {
  await invoke(model.ModifyVolumeAttribute, { VolumeId, AutoEnableIO: { Value } });
}

async function describe(id: string, { invoke }: ResourceContext): Promise<Described | undefined> {
  const answer = invoke(model.DescribeVolumes, { VolumeIds: [id] });
  return (await unless(NOT_FOUND, answer))?.Volumes?.[0];
}
