import { arnOf } from '../../../kernel/arn.ts';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { fleetChange } from '../domain/fleets/events.ts';
import { isInstant, type FleetOutcome, type FleetRecord } from '../domain/fleets/fleet.ts';
import { launchFleet } from '../domain/fleets/launch.ts';
import { checkFleet, poolsOf } from '../domain/fleets/request.ts';
import { targetsOf } from '../domain/fleets/targets.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew } from '../domain/tags.ts';
import type { Ec2Scope } from '../scope.ts';

/** Instant fleets launch at once and once; `domain/fleets/rounds.ts` sees to the others. */
export const createFleet = operation(model.CreateFleet, {
  authorize: (_, { caller }: Ec2Scope) => [
    onResource('CreateFleet', kinds.fleet, undefined, caller),
    { action: 'ec2:RunInstances', resource: arnOf(caller, 'ec2', 'instance/*') },
  ],
  async handle(input, scope) {
    const { caller, ids, clock, fleets } = scope;
    scope.realize(scope.compute.driver.realization);
    checkFleet(input);
    await poolsOf(input, scope);
    const tags = tagsOfNew(caller, kinds.fleet, input.TagSpecifications);
    const { ClientToken, DryRun: _, TagSpecifications: __, ...request } = input;
    const fresh: FleetRecord = {
      ...{ account: caller.account, region: caller.region, id: `fleet-${ids.uuid()}` },
      createdAtMs: clock.now(),
      ...(ClientToken && { clientToken: ClientToken }),
      state: input.Type === 'instant' ? 'active' : 'submitted',
      request,
      history: [fleetChange('submitted', clock.now())],
    };
    const [fleet] = await fleets.create(caller, input, [fresh], tags);
    if (!isInstant(fleet!)) return { FleetId: fleet!.id };
    const outcome = fleet!.outcome ?? (await launchAtOnce(fleet!, scope));
    const { id } = await fleets.update(caller, fleet!.id, (record) => ({ ...record, outcome }));
    return { FleetId: id, Instances: [...outcome.instances], Errors: [...outcome.errors] };
  },
});

async function launchAtOnce(fleet: FleetRecord, scope: Ec2Scope): Promise<FleetOutcome> {
  const targets = targetsOf(fleet.request.TargetCapacitySpecification);
  const onDemand = await launchFleet(fleet, 'on-demand', targets['on-demand'], true, scope);
  const spot = await launchFleet(fleet, 'spot', targets.spot, true, scope);
  return {
    instances: [...onDemand.instances, ...spot.instances],
    errors: [...onDemand.errors, ...spot.errors],
    fulfilled: { 'on-demand': onDemand.fulfilled, spot: spot.fulfilled },
  };
}
