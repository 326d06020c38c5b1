import type { VolumeStatusItem } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import { allVolumes } from '../domain/volumes/all.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<VolumeStatusItem> = {
  'action.code': (item) => item.Actions?.map((action) => action.Code),
  'action.description': (item) => item.Actions?.map((action) => action.Description),
  'action.event-id': (item) => item.Actions?.map((action) => action.EventId),
  'availability-zone': (item) => item.AvailabilityZone,
  'availability-zone-id': (item) => item.AvailabilityZoneId,
  'event.description': (item) => item.Events?.map((event) => event.Description),
  'event.event-id': (item) => item.Events?.map((event) => event.EventId),
  'event.event-type': (item) => item.Events?.map((event) => event.EventType),
  'event.not-after': (item) => item.Events?.map((event) => event.NotAfter),
  'event.not-before': (item) => item.Events?.map((event) => event.NotBefore),
  'volume-status.details-name': (item) => item.VolumeStatus?.Details?.map((each) => each.Name),
  'volume-status.details-status': (item) => item.VolumeStatus?.Details?.map((each) => each.Status),
  'volume-status.status': (item) => item.VolumeStatus?.Status,
};

/** A file of the host does not fail a check that the host itself does not fail. */
export const describeVolumeStatus = operation(model.DescribeVolumeStatus, {
  async handle(input, scope: Ec2Scope) {
    scope.realize(scope.compute.driver.realization);
    const volumes = await allVolumes(scope);
    const all = volumes.map(({ VolumeId, AvailabilityZone, AvailabilityZoneId, State }) => ({
      ...{ VolumeId, AvailabilityZone, AvailabilityZoneId },
      VolumeStatus: {
        Status: State === 'creating' ? ('insufficient-data' as const) : ('ok' as const),
        Details: [
          { Name: 'io-enabled' as const, Status: 'passed' },
          { Name: 'io-performance' as const, Status: 'not-applicable' },
        ],
      },
      Actions: [],
      Events: [],
    }));
    const { found, NextToken } = select<VolumeStatusItem>(all, input, {
      id: (item) => item.VolumeId,
      ids: { kind: kinds.volume, given: input.VolumeIds },
      filters,
    });
    return { VolumeStatuses: found, NextToken };
  },
});
