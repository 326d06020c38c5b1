import type { StateReason } from '@aws-sdk/client-ec2';
import type { DriverName, HostPort } from '../../../../compute/driver.ts';
import type { ReservationChoice } from '../capacity-reservations/allot.ts';
import type { HostPlacement } from '../hosts/placement.ts';
import type { Place } from '../place.ts';
import type { CpuOptions } from './cpu-options.ts';
import type { SentKey } from './sent-keys.ts';
import type { InstanceProfile } from '../profiles/profile.ts';
import type { StateName } from './states.ts';
import type { Attachment, Modification, Performance } from '../volumes/volume.ts';

/** Names one instance of a cloud. */
export interface InstanceRef extends Place {
  readonly id: string;
}

/** All that is known of an instance but its tags. Times are milliseconds since the epoch. */
export interface Instance extends InstanceRef {
  readonly reservationId: string;
  /** Its place among those that one request launched. */
  readonly launchIndex: number;
  readonly clientToken?: string;

  readonly imageId: string;
  /** The compute driver that has its machine. */
  readonly driver?: DriverName;
  /** What the driver knows the image by. */
  readonly imageKey: string;
  /** The snapshot that its root disk begins as; a fresh one of the image where absent. */
  readonly rootDisk?: string;
  readonly architecture: 'x86_64' | 'arm64';
  readonly instanceType: string;
  readonly vcpus: number;
  readonly memoryMib: number;
  /** Where it has been given others than its type has. */
  readonly cpuOptions?: CpuOptions;

  readonly state: StateName;
  readonly stateReason?: StateReason;
  readonly transitionReason: string;
  /** When it was last started. */
  readonly launchedAtMs: number;
  readonly terminatedAtMs?: number;

  readonly keyName?: string;
  /** The key's line for `authorized_keys`, as it was at launch. */
  readonly publicKey?: string;
  /** The images for which its machine is off though it is running: it comes on again after the last. */
  readonly offFor?: readonly string[];
  /** Keys that let somebody in for a minute, beside `publicKey`. */
  readonly sentKeys?: readonly SentKey[];
  /** Base64, as given. */
  readonly userData?: string;

  readonly network: InstanceNetwork;
  /** The placement group that it was launched into, with the partition where the group has some. */
  readonly placement?: {
    readonly groupId: string;
    readonly groupName: string;
    readonly partition?: number;
  };
  /** The IAM instance profile that it has. */
  readonly profile?: InstanceProfile;
  /** The fleet that launched it, and how much of its target it meets. */
  readonly fleet?: { readonly id: string; readonly weight: number };
  /** The Spot request that it was launched for. */
  readonly spot?: { readonly requestId: string; readonly isPersistent: boolean };
  /** How it is bound to a dedicated host; it is not where absent. */
  readonly host?: HostPlacement;
  /** Which capacity reservations it runs in; open ones where absent. */
  readonly capacityReservation?: ReservationChoice;
  readonly rootDeviceName: string;
  /** Its root volume, which has no other record as long as it is here; none where it was detached. */
  readonly volumes: readonly InstanceVolume[];
  /** The other volumes, as they are recorded of each; absent is none. */
  readonly attached?: readonly AttachedVolume[];
  readonly settings: InstanceSettings;
  /** Where SSH is reached while it runs, if that is not port 22 of its public address. */
  readonly ssh?: HostPort;
}

/** Its first network interface and where that is. */
export interface InstanceNetwork {
  readonly vpcId: string;
  readonly subnetId: string;
  readonly subnetCidr: string;
  readonly zone: string;
  readonly zoneId: string;
  readonly interfaceId: string;
  readonly attachmentId: string;
  readonly attachedAtMs: number;
  /** Whether the interface goes with the instance; absent is yes. */
  readonly deleteOnTermination?: boolean;
  readonly description: string;
  readonly macAddress: string;
  readonly privateAddress: string;
  /** Private addresses beside the primary one; absent is none. */
  readonly further?: readonly string[];
  /** Absent is none. */
  readonly ipv6Addresses?: readonly string[];
  /** Its own as long as it exists, shown while it runs: AWS promises no change between stop and start. */
  readonly publicAddress?: string;
  /** Shown in place of its own while it is associated, also when it is stopped. */
  readonly elasticIp?: ElasticIpAssociation;
  /** Of the further addresses, by these. */
  readonly furtherElasticIps?: ElasticIpsByAddress;
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  readonly sourceDestCheck: boolean;
}

export type ElasticIpsByAddress = Readonly<Record<string, ElasticIpAssociation>>;

export interface ElasticIpAssociation {
  readonly allocationId: string;
  readonly associationId: string;
  readonly address: string;
}

/** A volume of its own that is attached. */
export interface AttachedVolume extends Omit<Attachment, 'instanceId' | 'isRoot'> {
  readonly volumeId: string;
}

/** What `Volume` says of other volumes, but for what the instance says itself. */
export interface InstanceVolume extends Performance {
  readonly id: string;
  readonly deviceName: string;
  readonly encrypted: boolean;
  readonly snapshotId?: string;
  readonly createdAtMs: number;
  /** When it was attached, where that was not at launch. */
  readonly attachedAtMs?: number;
  /** Absent is yes. */
  readonly deleteOnTermination?: false;
  /** While it is attached to the stopped instance, or detached from it. */
  readonly moving?: 'attaching' | 'detaching';
  readonly modification?: Modification;
  readonly autoEnableIo?: boolean;
}

/** What ModifyInstanceAttribute and its like may change. */
export interface InstanceSettings {
  readonly shutdownBehavior: 'stop' | 'terminate';
  readonly disableApiTermination: boolean;
  readonly disableApiStop: boolean;
  readonly ebsOptimized: boolean;
  readonly monitoring: boolean;
  readonly creditSpecification?: 'standard' | 'unlimited';
  readonly metadata: MetadataSettings;
  readonly dnsNameOptions: {
    readonly hostnameType: 'ip-name' | 'resource-name';
    readonly aRecord: boolean;
    readonly aaaaRecord: boolean;
  };
  readonly autoRecovery: 'default' | 'disabled';
}

export interface MetadataSettings {
  readonly endpoint: 'enabled' | 'disabled';
  readonly tokens: 'required' | 'optional';
  readonly hopLimit: number;
  readonly tags: 'enabled' | 'disabled';
}

/** Terminated instances can be seen for an hour. */
export const TERMINATED_VISIBLE_MS = 3_600_000;
