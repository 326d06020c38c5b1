import type { Region } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { matcher, type Filters } from '../domain/filters.ts';
import { regions } from '../domain/regions.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<Region> = {
  endpoint: (region) => region.Endpoint,
  'opt-in-status': (region) => region.OptInStatus,
  'region-name': (region) => region.RegionName,
};

export const describeRegions = operation(model.DescribeRegions, {
  handle(input, _scope: Ec2Scope) {
    const names = input.RegionNames?.length ? new Set(input.RegionNames) : undefined;
    for (const name of names ?? []) {
      if (!all.some((region) => region.RegionName === name)) {
        throw errors.invalidParameter(`Invalid region name: ${name}`);
      }
    }
    return {
      Regions: all
        .filter((region) => names?.has(region.RegionName ?? '') ?? true)
        .filter(matcher(input.Filters, filters)),
    };
  },
});

// Every region works here, so those that AWS wants to be asked for count as opted in.
const all: Region[] = regions.map(({ name, optIn }) => ({
  RegionName: name,
  Endpoint: `ec2.${name}.amazonaws.com`,
  OptInStatus: optIn ? 'opted-in' : 'opt-in-not-required',
}));
