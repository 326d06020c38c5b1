import type { AvailabilityZone } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { matcher, type Filters } from '../domain/filters.ts';
import { zoneGroup, zonesOf, type Zone } from '../domain/regions.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<AvailabilityZone> = {
  'group-long-name': (zone) => zone.GroupLongName,
  'group-name': (zone) => zone.GroupName,
  message: (zone) => zone.Messages?.map((each) => each.Message),
  'opt-in-status': (zone) => zone.OptInStatus,
  'parent-zone-id': (zone) => zone.ParentZoneId,
  'parent-zone-name': (zone) => zone.ParentZoneName,
  'region-name': (zone) => zone.RegionName,
  state: (zone) => zone.State,
  'zone-id': (zone) => zone.ZoneId,
  'zone-name': (zone) => zone.ZoneName,
  'zone-type': (zone) => zone.ZoneType,
};

export const describeAvailabilityZones = operation(model.DescribeAvailabilityZones, {
  handle(input, { caller }: Ec2Scope) {
    const all = zonesOf(caller.region).map(describe);
    const named = (
      list: string[] | undefined,
      read: (zone: AvailabilityZone) => string = () => '',
    ) => {
      if (!list?.length) return () => true;
      for (const name of list) {
        if (!all.some((zone) => read(zone) === name)) {
          throw errors.invalidParameter(`Invalid availability zone: [${name}]`);
        }
      }
      return (zone: AvailabilityZone) => list.includes(read(zone));
    };
    return {
      AvailabilityZones: all
        .filter(named(input.ZoneNames, (zone) => zone.ZoneName ?? ''))
        .filter(named(input.ZoneIds, (zone) => zone.ZoneId ?? ''))
        .filter(matcher(input.Filters, filters)),
    };
  },
});

function describe(zone: Zone): AvailabilityZone {
  return {
    ZoneName: zone.name,
    ZoneId: zone.id,
    ZoneType: 'availability-zone',
    RegionName: zone.region,
    GroupName: zoneGroup(zone),
    NetworkBorderGroup: zone.region,
    State: 'available',
    Messages: [],
    OptInStatus: 'opt-in-not-required',
  };
}
