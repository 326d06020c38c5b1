import type { SpotPrice } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { instanceTypes } from '../domain/instance-types/instance-types.ts';
import { zonesOf } from '../domain/regions.ts';
import { select } from '../domain/select.ts';
import { spotPrice } from '../domain/spot/price.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<SpotPrice> = {
  'availability-zone': (price) => price.AvailabilityZone,
  'availability-zone-id': (price) => price.AvailabilityZoneId,
  'instance-type': (price) => price.InstanceType,
  'product-description': (price) => price.ProductDescription,
  'spot-price': (price) => price.SpotPrice,
  timestamp: (price) => price.Timestamp,
};

const DAY_MS = 86_400_000;
const LINUX = ['Linux/UNIX', 'Linux/UNIX (Amazon VPC)'];

/** Prices follow a rule by type and never change: of each there is the one that holds all along. */
export const describeSpotPriceHistory = operation(model.DescribeSpotPriceHistory, {
  recorded: true,
  handle(input, { caller, clock }: Ec2Scope) {
    const { StartTime, EndTime, InstanceTypes = [], ProductDescriptions = [] } = input;
    if (StartTime && EndTime && StartTime > EndTime) {
      throw errors.combination('The start time must not be after the end time.');
    }
    // AWS begins with the price that held at the start, whenever that came to hold.
    const heldAtMs = Math.min(StartTime?.getTime() ?? Infinity, clock.now());
    const Timestamp = new Date(Math.floor(heldAtMs / DAY_MS) * DAY_MS);
    const wanted = new Set<string>(InstanceTypes);
    const types = instanceTypes().filter(
      ({ InstanceType = '', BareMetal }) =>
        !BareMetal && (wanted.size === 0 || wanted.has(InstanceType)),
    );
    const isLinux =
      ProductDescriptions.length === 0 || LINUX.some((each) => ProductDescriptions.includes(each));
    const all = zones(input, caller.region).flatMap(({ name, id }) =>
      (isLinux ? types : []).map((type): SpotPrice => ({
        ...{ AvailabilityZone: name, AvailabilityZoneId: id, Timestamp },
        ...{ InstanceType: type.InstanceType, ProductDescription: 'Linux/UNIX' },
        SpotPrice: spotPrice(type),
      })),
    );
    const { found, NextToken } = select(
      all,
      { MaxResults: 1000, ...input },
      {
        id: (price) => `${price.InstanceType}/${price.AvailabilityZone}`,
        filters,
        page: { min: 1, max: 1000 },
      },
    );
    return { SpotPriceHistory: found, NextToken };
  },
});

function zones(
  {
    AvailabilityZone,
    AvailabilityZoneId,
  }: { AvailabilityZone?: string; AvailabilityZoneId?: string },
  region: string,
) {
  const all = zonesOf(region);
  const found = all.filter(
    ({ name, id }) =>
      (AvailabilityZone === undefined || name === AvailabilityZone) &&
      (AvailabilityZoneId === undefined || id === AvailabilityZoneId),
  );
  if (found.length > 0) return found;
  throw errors.invalidParameter(
    `Invalid availability zone: [${AvailabilityZone ?? AvailabilityZoneId}]`,
  );
}
