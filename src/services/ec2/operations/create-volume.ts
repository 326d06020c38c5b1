import { createHash } from 'node:crypto';
import type { CreateVolumeRequest } from '@aws-sdk/client-ec2';
import { AwsError } from '../../../kernel/aws-error.ts';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { fingerprint } from '../domain/fingerprint.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { zonesOf } from '../domain/regions.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import { performanceOf } from '../domain/volumes/performance.ts';
import { type Volume, wireVolume } from '../domain/volumes/volume.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Answers as soon as the order is on disk; its bytes are there when it is `available`. */
export const createVolume = operation(model.CreateVolume, {
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('CreateVolume', kinds.volume, undefined, caller),
  async handle(input, scope) {
    const { caller, clock, compute, settings, attachments } = scope;
    scope.realize(compute.driver.realization);
    refuseMembers('CreateVolume', input, [
      ...(['KmsKeyId', 'MultiAttachEnabled', 'OutpostArn', 'Operator'] as const),
      'VolumeInitializationRate',
    ]);
    const { account, region } = caller;
    const { ebsEncryptionByDefault = false } = await settings.get(caller);
    const tags = tagsOfNew(caller, kinds.volume, input.TagSpecifications);
    const { ClientToken, DryRun: _, ...request } = input;
    const volume: Volume = {
      ...{ account, region, id: idOf(ClientToken, scope) },
      ...zoneOf(input, region),
      ...performanceOf({
        type: input.VolumeType ?? 'gp2',
        gib: sizeOf(input),
        iops: input.Iops,
        throughput: input.Throughput,
      }),
      encrypted: ebsEncryptionByDefault || (input.Encrypted ?? false),
      createdAtMs: clock.now(),
      state: 'creating',
      ...(ClientToken && { request: fingerprint(request) }),
    };
    const made = await attachments.order(
      volume,
      attachments.creation,
      (before) => {
        if (before && before.request !== volume.request) throw errors.idempotentMismatch();
        return before ?? volume;
      },
      { tags },
    );
    const { Attachments: __, ...shown } = wireVolume(made);
    return { ...shown, Tags: wireTags(tags) };
  },
});

function sizeOf({ Size, SnapshotId }: CreateVolumeRequest): number {
  if (SnapshotId) {
    throw new AwsError('InvalidSnapshot.NotFound', `The snapshot '${SnapshotId}' does not exist.`);
  }
  if (Size === undefined) throw errors.missingParameter('size/snapshotId');
  return Size;
}

function zoneOf(
  { AvailabilityZone: name, AvailabilityZoneId: id }: CreateVolumeRequest,
  region: string,
): Pick<Volume, 'zone' | 'zoneId'> {
  if (!name && !id) throw errors.missingParameter('availabilityZone');
  if (name && id) {
    throw errors.combination(
      'The parameters AvailabilityZone and AvailabilityZoneId exclude one another',
    );
  }
  const zone = zonesOf(region).find((each) => each.name === name || each.id === id);
  if (zone) return { zone: zone.name, zoneId: zone.id };
  throw new AwsError('InvalidZone.NotFound', `The zone '${name ?? id}' does not exist.`);
}

/** A request that is repeated with its token names the same volume. */
function idOf(token: string | undefined, { caller, ids }: Ec2Scope): string {
  if (!token) return ids.resource('vol');
  const text = `${caller.account}/${caller.region}/${token}`;
  return `vol-0${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}
