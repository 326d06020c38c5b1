import { arnOf } from '../../../kernel/arn.ts';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { FleetRecord } from '../domain/fleets/fleet.ts';
import { launchFleet } from '../domain/fleets/launch.ts';
import { checkFleet, poolsOf } from '../domain/fleets/request.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew } from '../domain/tags.ts';
import type { Ec2Scope } from '../scope.ts';

/** Launches at once and once, as fleets of the type instant do. */
export const createFleet = operation(model.CreateFleet, {
  authorize: (_, { caller }: Ec2Scope) => [
    onResource('CreateFleet', kinds.fleet, undefined, caller),
    { action: 'ec2:RunInstances', resource: arnOf(caller, 'ec2', 'instance/*') },
  ],
  async handle(input, scope) {
    const { caller, ids, clock, fleets } = scope;
    scope.realize(scope.compute.driver.realization);
    const target = checkFleet(input);
    const pools = await poolsOf(input, scope);
    const tags = tagsOfNew(caller, kinds.fleet, input.TagSpecifications);
    const { ClientToken, DryRun: _, TagSpecifications: __, ...request } = input;
    const fresh: FleetRecord = {
      id: `fleet-${ids.uuid()}`,
      createdAtMs: clock.now(),
      ...(ClientToken && { clientToken: ClientToken }),
      state: 'active',
      request,
    };
    const [fleet] = await fleets.create(caller, input, [fresh], tags);
    const outcome = fleet!.outcome ?? (await launchFleet(fleet!, target, pools, scope));
    const { id } = await fleets.update(caller, fleet!.id, (record) => ({ ...record, outcome }));
    return { FleetId: id, Instances: [...outcome.instances], Errors: [...outcome.errors] };
  },
});
