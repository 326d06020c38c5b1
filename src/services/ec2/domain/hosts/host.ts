import type { Host } from '@aws-sdk/client-ec2';
import type { Instance } from '../instances/instance.ts';
import type { Used } from '../network/recorded.ts';
import type { Place } from '../place.ts';
import { shapeOf, vcpusOf, typesOn } from './shape.ts';

/** A host of the account's own, in the books. Times are milliseconds since the epoch. */
export interface HostRecord extends Used {
  readonly id: string;
  readonly createdAtMs: number;
  readonly clientToken?: string;
  readonly zone: { readonly name: string; readonly id: string };
  /** What runs on it: one type, or all types of a family. */
  readonly carries: { readonly type: string } | { readonly family: string };
  readonly autoPlacement: 'on' | 'off';
  readonly recovery: 'on' | 'off';
  readonly maintenance: 'on' | 'off';
  readonly releasedAtMs?: number;
}

/** Released hosts are shown for an hour, as terminated instances are. */
const RELEASED_VISIBLE_MS = 3_600_000;

export function isVisible({ releasedAtMs }: HostRecord, nowMs: number): boolean {
  return releasedAtMs === undefined || nowMs < releasedAtMs + RELEASED_VISIBLE_MS;
}

/** Those that take room on the host: stopped ones do not. */
export function occupants({ id }: HostRecord, instances: readonly Instance[]): Instance[] {
  return instances.filter(
    ({ host, state }) => host?.id === id && state !== 'stopped' && state !== 'terminated',
  );
}

/** vCPUs that nobody has. */
export function freeVcpus(host: HostRecord, instances: readonly Instance[]): number {
  const taken = occupants(host, instances).reduce(
    (sum, { instanceType }) => sum + vcpusOf(instanceType),
    0,
  );
  return Math.max(0, shapeOf(host.carries).vcpus - taken);
}

/** A host as the wire shows it, without tags. */
export function wireHost(host: HostRecord, instances: readonly Instance[], place: Place): Host {
  const { vcpus, cores, sockets } = shapeOf(host.carries);
  const free = freeVcpus(host, instances);
  const isReleased = host.releasedAtMs !== undefined;
  return {
    HostId: host.id,
    OwnerId: place.account,
    State: isReleased ? 'released' : 'available',
    AutoPlacement: host.autoPlacement,
    AvailabilityZone: host.zone.name,
    AvailabilityZoneId: host.zone.id,
    AllocationTime: new Date(host.createdAtMs),
    ...(isReleased && { ReleaseTime: new Date(host.releasedAtMs) }),
    ...(host.clientToken !== undefined && { ClientToken: host.clientToken }),
    HostRecovery: host.recovery,
    HostMaintenance: host.maintenance,
    AllowsMultipleInstanceTypes: 'family' in host.carries ? 'on' : 'off',
    HostProperties: {
      ...('type' in host.carries
        ? { InstanceType: host.carries.type }
        : { InstanceFamily: host.carries.family }),
      ...{ Cores: cores, Sockets: sockets, TotalVCpus: vcpus },
    },
    AvailableCapacity: {
      AvailableVCpus: free,
      AvailableInstanceCapacity: typesOn(host.carries).map((type) => ({
        InstanceType: type,
        AvailableCapacity: Math.floor(free / vcpusOf(type)),
        TotalCapacity: Math.floor(vcpus / vcpusOf(type)),
      })),
    },
    Instances: occupants(host, instances).map(({ id, instanceType, account }) => ({
      ...{ InstanceId: id, InstanceType: instanceType, OwnerId: account },
    })),
    MemberOfServiceLinkedResourceGroup: false,
  };
}
