import type { InstanceTypeOffering } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { instanceTypes } from '../domain/instance-types/instance-types.ts';
import { zonesOf } from '../domain/regions.ts';
import { select } from '../domain/select.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<InstanceTypeOffering> = {
  'instance-type': (offering) => offering.InstanceType,
  location: (offering) => offering.Location,
};

/** Every type is offered in every zone. */
export const describeInstanceTypeOfferings = operation(model.DescribeInstanceTypeOfferings, {
  handle(input, { caller }: Ec2Scope) {
    const LocationType = input.LocationType ?? 'region';
    const locations = locationsOf(LocationType, caller.region);
    const all = locations.flatMap((Location) =>
      instanceTypes().map(({ InstanceType }) => ({ InstanceType, Location, LocationType })),
    );
    const { found, NextToken } = select(all, input, {
      id: (offering) => `${offering.InstanceType}/${offering.Location}`,
      filters,
    });
    return { InstanceTypeOfferings: found, NextToken };
  },
});

function locationsOf(type: string, region: string): string[] {
  switch (type) {
    case 'region':
      return [region];
    case 'availability-zone':
      return zonesOf(region).map((zone) => zone.name);
    case 'availability-zone-id':
      return zonesOf(region).map((zone) => zone.id);
    case 'outpost':
      return [];
    default:
      throw errors.invalidParameter(`Invalid value '${type}' for LocationType.`);
  }
}
