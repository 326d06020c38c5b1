import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { fleetChange } from '../domain/fleets/events.ts';
import { isDeleted, withEvents, type FleetRecord } from '../domain/fleets/fleet.ts';
import { poolsOf } from '../domain/fleets/request.ts';
import { targetsOf } from '../domain/fleets/targets.ts';
import { oneOf } from '../domain/launch/settings.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyFleet.html */
export const modifyFleet = operation(model.ModifyFleet, {
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('ModifyFleet', kinds.fleet, input.FleetId, caller),
  async handle(input, scope) {
    const { caller, fleets, clock } = scope;
    scope.realize(scope.compute.driver.realization);
    refuseMembers('ModifyFleet', input, ['Context']);
    const { FleetId, LaunchTemplateConfigs, TargetCapacitySpecification: target } = input;
    if (!FleetId) throw errors.missingParameter('FleetId');
    await fleets.find(caller, FleetId);
    if (LaunchTemplateConfigs?.length) await poolsOf({ LaunchTemplateConfigs }, scope);
    const policy = input.ExcessCapacityTerminationPolicy;
    await fleets.update(caller, FleetId, (now) => {
      checkModifiable(now);
      const before = now.request.TargetCapacitySpecification;
      const asked = Object.entries(target ?? {}).filter(([, value]) => value !== undefined);
      const wanted = { ...before!, ...Object.fromEntries(asked) };
      targetsOf(wanted);
      return {
        ...{ ...now, state: 'modifying' },
        history: withEvents(now, [fleetChange('modify_in_progress', clock.now())]),
        request: {
          ...{ ...now.request, TargetCapacitySpecification: wanted },
          ...(LaunchTemplateConfigs?.length && { LaunchTemplateConfigs }),
          ...(policy && {
            ExcessCapacityTerminationPolicy: oneOf(
              ['termination', 'no-termination'],
              policy,
              'ExcessCapacityTerminationPolicy',
            ),
          }),
        },
      };
    });
    return { Return: true };
  },
});

function checkModifiable(fleet: FleetRecord): void {
  const { id, request } = fleet;
  if ((request.Type ?? 'maintain') !== 'maintain') {
    throw errors.unsupported(
      `The fleet '${id}' is of the type ${request.Type}, which cannot be modified.`,
    );
  }
  if (isDeleted(fleet)) {
    throw errors.unsupported(`The fleet '${id}' is deleted and cannot be modified.`);
  }
}
