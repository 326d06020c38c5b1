import type {
  CapacityReservationInstancePlatform,
  CreateCapacityReservationRequest,
  EndDateType,
} from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import { instanceType } from '../instance-types/instance-types.ts';
import { oneOf } from '../launch/settings.ts';
import { refuseMembers } from '../not-built.ts';
import { namedZone } from '../zone.ts';
import type { CapacityReservationRecord } from './reservation.ts';

const PLATFORMS = [
  ...['Linux/UNIX', 'Red Hat Enterprise Linux', 'SUSE Linux', 'Ubuntu Pro', 'RHEL with HA'],
  ...['Windows', 'Windows with SQL Server', 'Windows with SQL Server Enterprise'],
  ...['Windows with SQL Server Standard', 'Windows with SQL Server Web'],
  ...['Linux with SQL Server Standard', 'Linux with SQL Server Web'],
  ...['Linux with SQL Server Enterprise', 'RHEL with SQL Server Standard'],
  ...['RHEL with SQL Server Enterprise', 'RHEL with SQL Server Web'],
  ...['RHEL with HA and SQL Server Standard', 'RHEL with HA and SQL Server Enterprise'],
];
const MAX_INSTANCES = 1000;
/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateCapacityReservation.html */
const UNBUILT = [
  ...(['OutpostArn', 'PlacementGroupArn', 'StartDate'] as const),
  ...(['CommitmentDuration', 'DeliveryPreference'] as const),
] as const;

/** @throws MissingParameter, InvalidParameterValue, InvalidParameterCombination, UnsupportedOperation */
export function readReservation(
  input: CreateCapacityReservationRequest,
  region: string,
  nowMs: number,
): Omit<CapacityReservationRecord, 'id'> {
  refuseMembers('CreateCapacityReservation', input, UNBUILT);
  const { InstanceType, InstancePlatform } = input;
  if (!InstanceType) throw errors.missingParameter('InstanceType');
  if (!InstancePlatform) throw errors.missingParameter('InstancePlatform');
  if (input.InstanceCount === undefined) throw errors.missingParameter('InstanceCount');
  if (!instanceType(InstanceType)) {
    throw errors.invalidParameter(`Invalid value '${InstanceType}' for InstanceType.`);
  }
  if (oneOf(['default', 'dedicated'], input.Tenancy ?? 'default', 'Tenancy') === 'dedicated') {
    throw errors.unsupported('Alacarte does not support dedicated tenancy of reservations yet.');
  }
  const endsAtMs = endOf(input, nowMs);
  return {
    createdAtMs: nowMs,
    instanceType: InstanceType,
    platform: oneOf(
      PLATFORMS,
      InstancePlatform,
      'InstancePlatform',
    ) as CapacityReservationInstancePlatform,
    zone: namedZone(input, region),
    count: checkCount(input.InstanceCount),
    match: oneOf(
      ['open', 'targeted'],
      input.InstanceMatchCriteria ?? 'open',
      'InstanceMatchCriteria',
    ),
    ebsOptimized: input.EbsOptimized ?? false,
    ephemeralStorage: input.EphemeralStorage ?? false,
    ...(endsAtMs !== undefined && { endsAtMs }),
  };
}

/** @throws InvalidParameterValue, InstanceLimitExceeded */
export function checkCount(count: number): number {
  if (count < 1) throw errors.invalidValue(count, 'InstanceCount', 'At least 1 expected.');
  if (count > MAX_INSTANCES) throw errors.instanceLimit(count, MAX_INSTANCES);
  return count;
}

interface AskedEnd {
  readonly EndDate?: Date | undefined;
  readonly EndDateType?: EndDateType | undefined;
}

/**
 * When it ends, in milliseconds since the epoch; undefined where it does not.
 *
 * @throws InvalidParameterValue, InvalidParameterCombination
 */
export function endOf({ EndDate, EndDateType }: AskedEnd, nowMs: number): number | undefined {
  const type = oneOf(
    ['limited', 'unlimited'],
    EndDateType ?? (EndDate ? 'limited' : 'unlimited'),
    'EndDateType',
  );
  if (type === 'unlimited') {
    if (!EndDate) return undefined;
    throw errors.combination('EndDate cannot be specified with the EndDateType unlimited.');
  }
  if (!EndDate) throw errors.combination('EndDate is required with the EndDateType limited.');
  const ms = EndDate.getTime();
  if (ms > nowMs) return ms;
  throw errors.invalidValue(EndDate.toISOString(), 'EndDate', 'It must be in the future.');
}
