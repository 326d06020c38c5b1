import type { Volume as WireVolume, VolumeAttachment, VolumeType } from '@aws-sdk/client-ec2';
import type { System } from '../snapshots/snapshot.ts';
import type { Place } from '../place.ts';

/** Names one volume of a cloud. */
export interface VolumeRef extends Place {
  readonly id: string;
}

/** How large and how fast a volume is. */
export interface Performance {
  readonly gib: number;
  readonly type: string;
  readonly iops?: number;
  /** MiB a second. */
  readonly throughput?: number;
}

/** All that is known of a volume but its tags. Times are milliseconds since the epoch. */
export interface Volume extends VolumeRef, Performance {
  readonly zone: string;
  readonly zoneId: string;
  readonly encrypted: boolean;
  /** The key that is said to encrypt it, where the account has named one. */
  readonly kmsKeyId?: string;
  /** What it was made of. */
  readonly snapshotId?: string;
  /** What a system boots with that is on it. */
  readonly system?: System;
  readonly createdAtMs: number;
  readonly state: 'creating' | 'available' | 'in-use' | 'deleting';
  readonly attachment?: Attachment;
  /** The latest. */
  readonly modification?: Modification;
  readonly autoEnableIo?: boolean;
  /** Fingerprint of the request that made it, where that came with a client token. */
  readonly request?: string;
}

/** Known of the volume and of the instance alike. */
export interface Attachment {
  readonly instanceId: string;
  readonly device: string;
  readonly state: 'attaching' | 'attached' | 'detaching';
  readonly atMs: number;
  readonly deleteOnTermination: boolean;
  /** Whether the instance boots from it. */
  readonly isRoot?: true;
}

export interface Modification {
  readonly state: 'modifying' | 'completed';
  readonly original: Performance;
  readonly startedAtMs: number;
  readonly endedAtMs?: number;
}

/** The part of something larger. */
export function performance({ gib, type, iops, throughput }: Performance): Performance {
  return {
    ...{ gib, type },
    ...(iops !== undefined && { iops }),
    ...(throughput !== undefined && { throughput }),
  };
}

export function refOf({ account, region, id }: VolumeRef): VolumeRef {
  return { account, region, id };
}

/** As DescribeVolumes shows it, without tags. */
export function wireVolume(volume: Volume): WireVolume & { readonly VolumeId: string } {
  return {
    VolumeId: volume.id,
    AvailabilityZone: volume.zone,
    AvailabilityZoneId: volume.zoneId,
    CreateTime: new Date(volume.createdAtMs),
    Encrypted: volume.encrypted,
    ...(volume.kmsKeyId !== undefined && { KmsKeyId: volume.kmsKeyId }),
    MultiAttachEnabled: false,
    Size: volume.gib,
    SnapshotId: volume.snapshotId ?? '',
    State: volume.state,
    VolumeType: volume.type as VolumeType,
    ...(volume.iops !== undefined && { Iops: volume.iops }),
    ...(volume.throughput !== undefined && { Throughput: volume.throughput }),
    Operator: { Managed: false },
    Attachments: volume.attachment ? [wireAttachment(volume.id, volume.attachment)] : [],
  };
}

export function wireAttachment(
  VolumeId: string,
  { instanceId, device, state, atMs, deleteOnTermination }: Attachment,
): VolumeAttachment {
  return {
    VolumeId,
    InstanceId: instanceId,
    Device: device,
    State: state,
    AttachTime: new Date(atMs),
    DeleteOnTermination: deleteOnTermination,
  };
}
