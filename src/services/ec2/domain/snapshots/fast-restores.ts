import type {
  DescribeFastSnapshotRestoreSuccessItem,
  FastSnapshotRestoreStateCode,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../../../../kernel/aws-error.ts';
import * as errors from '../../errors.ts';
import type { Ec2Scope } from '../../scope.ts';
import { zonesOf } from '../regions.ts';
import type { Snapshot } from './snapshot.ts';

/** That an account has a snapshot restored fast in a zone. Times are milliseconds since the epoch. */
export interface FastRestore {
  readonly account: string;
  readonly zone: string;
  readonly zoneId: string;
  readonly enabledAtMs: number;
  /** Absent while it is enabled. */
  readonly disabledAtMs?: number;
}

/** What both requests name: snapshots, and zones by name or by ID. */
interface Asked {
  readonly SourceSnapshotIds?: readonly string[] | undefined;
  readonly AvailabilityZones?: readonly string[] | undefined;
  readonly AvailabilityZoneIds?: readonly string[] | undefined;
}

interface Zone {
  readonly name: string;
  readonly id: string;
}

/**
 * Does something with each of the snapshots in each of the zones that a request names.
 *
 * @param change one snapshot in one zone, or what AWS says against it
 * @returns as both operations answer
 */
export async function eachRestore(
  asked: Asked,
  scope: Ec2Scope,
  state: FastSnapshotRestoreStateCode,
  change: (snapshot: Snapshot, zone: Zone) => Snapshot,
) {
  const { caller, snapshots } = scope;
  const { SourceSnapshotIds: ids = [] } = asked;
  if (ids.length === 0) throw errors.missingParameter('SourceSnapshotId');
  const zones = zonesAsked(asked, caller.region);
  const Successful: DescribeFastSnapshotRestoreSuccessItem[] = [];
  const Unsuccessful = [];
  for (const SnapshotId of new Set(ids)) {
    const FastSnapshotRestoreStateErrors = [];
    for (const zone of zones) {
      const AvailabilityZone = zone.name;
      try {
        const found = await snapshots.find(SnapshotId, caller);
        await snapshots.change(found, (now) => change(now, zone));
        const { fastRestores = [] } = await snapshots.find(SnapshotId, caller);
        const restore = fastRestores.find((each) => isOf(each, caller.account, zone));
        if (restore) Successful.push(wireRestore(SnapshotId, restore, state));
      } catch (error) {
        if (!(error instanceof AwsError) || error.fault === 'server') throw error;
        const Error = { Code: error.code, Message: error.message };
        FastSnapshotRestoreStateErrors.push({
          AvailabilityZone,
          AvailabilityZoneId: zone.id,
          Error,
        });
      }
    }
    if (FastSnapshotRestoreStateErrors.length > 0) {
      Unsuccessful.push({ SnapshotId, FastSnapshotRestoreStateErrors });
    }
  }
  return { Successful, Unsuccessful };
}

export function isOf(restore: FastRestore, account: string, zone: Zone): boolean {
  return restore.account === account && restore.zone === zone.name;
}

/** @param state where it is on its way; what it has become is told when it is described */
export function wireRestore(
  SnapshotId: string,
  { account, zone, zoneId, enabledAtMs, disabledAtMs }: FastRestore,
  state?: FastSnapshotRestoreStateCode,
): DescribeFastSnapshotRestoreSuccessItem {
  const isThere = state === undefined;
  const enabledAt = new Date(enabledAtMs);
  const disabledAt = disabledAtMs === undefined ? undefined : new Date(disabledAtMs);
  const reason = isThere
    ? 'Client.UserInitiated - Lifecycle state transition'
    : 'Client.UserInitiated';
  return {
    SnapshotId,
    AvailabilityZone: zone,
    AvailabilityZoneId: zoneId,
    State: state ?? (disabledAt ? 'disabled' : 'enabled'),
    StateTransitionReason: reason,
    OwnerId: account,
    EnablingTime: enabledAt,
    ...((isThere || disabledAt) && { OptimizingTime: enabledAt, EnabledTime: enabledAt }),
    ...(disabledAt && { DisablingTime: disabledAt }),
    ...(disabledAt && isThere && { DisabledTime: disabledAt }),
  };
}

/** @throws MissingParameter, InvalidParameterCombination, InvalidParameterValue */
function zonesAsked(
  { AvailabilityZones: names = [], AvailabilityZoneIds: ids = [] }: Asked,
  region: string,
): readonly Zone[] {
  if (names.length > 0 && ids.length > 0) {
    throw errors.combination(
      'You may specify AvailabilityZone or AvailabilityZoneId, but not both.',
    );
  }
  const named = names.length > 0 ? names : ids;
  if (named.length === 0) throw errors.missingParameter('AvailabilityZone');
  const known = zonesOf(region);
  return [...new Set(named)].map((each) => {
    const zone = known.find(({ name, id }) => each === (names.length > 0 ? name : id));
    if (!zone) throw errors.invalidParameter(`Invalid availability zone: [${each}]`);
    return { name: zone.name, id: zone.id };
  });
}
