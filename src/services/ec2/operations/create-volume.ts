import type { CreateVolumeRequest } from '@aws-sdk/client-ec2';
import { AwsError } from '../../../kernel/aws-error.ts';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { fingerprint } from '../domain/fingerprint.ts';
import { idOf } from '../domain/token-id.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { zonesOf } from '../domain/regions.ts';
import { kinds } from '../domain/resource-kinds.ts';
import type { Snapshot } from '../domain/snapshots/snapshot.ts';
import { checkUsable } from '../domain/snapshots/usable.ts';
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
    const { caller, clock, compute, settings, attachments, snapshots } = scope;
    scope.realize(compute.driver.realization);
    refuseMembers('CreateVolume', input, [
      ...(['KmsKeyId', 'MultiAttachEnabled', 'OutpostArn', 'Operator'] as const),
      'VolumeInitializationRate',
    ]);
    const { account, region } = caller;
    const { ebsEncryptionByDefault = false, ebsDefaultKmsKeyId } = await settings.get(caller);
    const tags = tagsOfNew(caller, kinds.volume, input.TagSpecifications);
    const { ClientToken, DryRun: _, ...request } = input;
    const snapshot = input.SnapshotId
      ? checkUsable(await snapshots.find(input.SnapshotId, caller), clock.now())
      : undefined;
    const encrypted =
      ebsEncryptionByDefault || (input.Encrypted ?? false) || (snapshot?.encrypted ?? false);
    const volume: Volume = {
      ...{ account, region, id: idOf('vol', ClientToken, scope) },
      ...zoneOf(input, region),
      ...performanceOf({
        type: input.VolumeType ?? 'gp2',
        gib: sizeOf(input, snapshot),
        iops: input.Iops,
        throughput: input.Throughput,
      }),
      encrypted,
      ...(encrypted && ebsDefaultKmsKeyId !== undefined && { kmsKeyId: ebsDefaultKmsKeyId }),
      ...(snapshot && { snapshotId: snapshot.id }),
      ...(snapshot?.system && { system: snapshot.system }),
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

function sizeOf({ Size }: CreateVolumeRequest, snapshot: Snapshot | undefined): number {
  const size = Size ?? snapshot?.gib;
  if (size === undefined) throw errors.missingParameter('size/snapshotId');
  if (snapshot && size < snapshot.gib) {
    throw errors.invalidParameter(
      `Volume of ${size}GiB is smaller than snapshot '${snapshot.id}', expect size >= ${snapshot.gib}GiB`,
    );
  }
  return size;
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
