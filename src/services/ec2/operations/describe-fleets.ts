import type { FleetData } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { wireFleet } from '../domain/fleets/fleet.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<FleetData> = {
  'activity-status': (fleet) => fleet.ActivityStatus,
  'excess-capacity-termination-policy': (fleet) => fleet.ExcessCapacityTerminationPolicy,
  'fleet-state': (fleet) => fleet.FleetState,
  'replace-unhealthy-instances': (fleet) => fleet.ReplaceUnhealthyInstances,
  type: (fleet) => fleet.Type,
};

/** Fleets of the type instant show only where they are asked for by ID. */
export const describeFleets = operation(model.DescribeFleets, {
  async handle(input, { caller, fleets, tags }: Ec2Scope) {
    const named = (input.FleetIds ?? []).length > 0;
    const shown = named ? (await fleets.list(caller)).map(wireFleet) : [];
    const all = await tags.join(caller, shown, (fleet) => fleet.FleetId);
    const { found, NextToken } = select(all, input, {
      id: (fleet) => fleet.FleetId,
      ids: { kind: kinds.fleet, given: input.FleetIds },
      filters,
      page: { min: 1, max: 1000 },
    });
    return { Fleets: found, NextToken };
  },
});
