import type { LaunchSpecification, SpotInstanceRequest } from '@aws-sdk/client-ec2';
import type { Ec2Scope } from '../../scope.ts';
import type { Tagged } from '../filters.ts';
import { standing, type SpotRequestRecord, type SpotStanding } from './request.ts';
import { spotMessages } from './status.ts';

/** Requests as DescribeSpotInstanceRequests shows and filters them. */
export async function showSpotRequests(
  records: readonly SpotRequestRecord[],
  { caller, instances, clock, tags }: Pick<Ec2Scope, 'caller' | 'instances' | 'clock' | 'tags'>,
): Promise<(SpotInstanceRequest & Tagged)[]> {
  const withInstance = records.some(({ instanceId }) => instanceId !== undefined);
  const all = withInstance ? await instances.list(caller) : [];
  const byId = new Map(all.map((instance) => [instance.id, instance]));
  const shown = records.map((record) =>
    wireRequest(record, standing(record, byId.get(record.instanceId ?? ''), clock.now())),
  );
  return tags.join(caller, shown, (request) => request.SpotInstanceRequestId);
}

export function wireRequest(
  record: SpotRequestRecord,
  { state, code, atMs }: SpotStanding,
): SpotInstanceRequest {
  const { validFromMs, validUntilMs, launchGroup, zoneGroup, zone, fault } = record;
  return {
    SpotInstanceRequestId: record.id,
    Type: record.type,
    State: state,
    Status: { Code: code, Message: spotMessages[code], UpdateTime: new Date(atMs) },
    ...(fault && { Fault: fault }),
    CreateTime: new Date(record.createdAtMs),
    SpotPrice: record.price,
    ProductDescription: 'Linux/UNIX',
    InstanceInterruptionBehavior: record.interruption,
    LaunchSpecification: specification(record),
    ...(record.instanceId !== undefined && { InstanceId: record.instanceId }),
    ...(zone && { LaunchedAvailabilityZone: zone.name, LaunchedAvailabilityZoneId: zone.id }),
    ...(launchGroup !== undefined && { LaunchGroup: launchGroup }),
    ...(zoneGroup !== undefined && { AvailabilityZoneGroup: zoneGroup }),
    ...(validFromMs !== undefined && { ValidFrom: new Date(validFromMs) }),
    ...(validUntilMs !== undefined && { ValidUntil: new Date(validUntilMs) }),
  };
}

function specification({ specification: asked, groups }: SpotRequestRecord): LaunchSpecification {
  const { SecurityGroupIds: _, SecurityGroups: __, ...shown } = asked;
  return {
    ...shown,
    Monitoring: { Enabled: asked.Monitoring?.Enabled ?? false },
    EbsOptimized: asked.EbsOptimized ?? false,
    // Groups of a network interface are shown there.
    ...(!asked.NetworkInterfaces?.length && {
      SecurityGroups: groups.map(({ id, name }) => ({ GroupId: id, GroupName: name })),
    }),
  };
}
