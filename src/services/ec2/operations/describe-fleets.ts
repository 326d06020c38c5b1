import type { FleetData } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { isInstant, isVisible, wireFleet } from '../domain/fleets/fleet.ts';
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
  async handle(input, { caller, fleets, instances, clock, tags }: Ec2Scope) {
    const isNamed = (input.FleetIds ?? []).length > 0;
    const recorded = (await fleets.list(caller)).filter(
      (fleet) => isVisible(fleet, clock.now()) && (isNamed || !isInstant(fleet)),
    );
    const launched = recorded.length > 0 ? await instances.list(caller) : [];
    const shown = recorded.map((fleet) => wireFleet(fleet, launched));
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
