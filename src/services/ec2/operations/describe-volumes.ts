import type { Volume } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import { allVolumes } from '../domain/volumes/all.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<Volume> = {
  'attachment.attach-time': (volume) => volume.Attachments?.map((each) => each.AttachTime),
  'attachment.delete-on-termination': (volume) =>
    volume.Attachments?.map((each) => each.DeleteOnTermination),
  'attachment.device': (volume) => volume.Attachments?.map((each) => each.Device),
  'attachment.instance-id': (volume) => volume.Attachments?.map((each) => each.InstanceId),
  'attachment.status': (volume) => volume.Attachments?.map((each) => each.State),
  'availability-zone': (volume) => volume.AvailabilityZone,
  'availability-zone-id': (volume) => volume.AvailabilityZoneId,
  'create-time': (volume) => volume.CreateTime,
  encrypted: (volume) => volume.Encrypted,
  'fast-restored': (volume) => volume.FastRestored,
  'multi-attach-enabled': (volume) => volume.MultiAttachEnabled,
  'operator.managed': (volume) => volume.Operator?.Managed ?? false,
  'operator.principal': (volume) => volume.Operator?.Principal,
  size: (volume) => volume.Size,
  'snapshot-id': (volume) => volume.SnapshotId,
  status: (volume) => volume.State,
  'volume-id': (volume) => volume.VolumeId,
  'volume-type': (volume) => volume.VolumeType,
};

export const describeVolumes = operation(model.DescribeVolumes, {
  async handle(input, scope: Ec2Scope) {
    const { caller, tags, compute } = scope;
    scope.realize(compute.driver.realization);
    const shown = await allVolumes(scope);
    const all = await tags.join(caller, shown, (volume) => volume.VolumeId);
    const { found, NextToken } = select(all, input, {
      id: (volume) => volume.VolumeId,
      ids: { kind: kinds.volume, given: input.VolumeIds },
      filters,
    });
    return { Volumes: found, NextToken };
  },
});
