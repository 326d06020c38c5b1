import type { DeleteFleetErrorItem, DeleteFleetSuccessItem } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Terminates the instances of each, which those of the type instant cannot do without. */
export const deleteFleets = operation(model.DeleteFleets, {
  authorize: (input, { caller }: Ec2Scope) =>
    (input.FleetIds ?? []).map((id) => onResource('DeleteFleets', kinds.fleet, id, caller)),
  async handle(input, { caller, fleets, instances, invoke }) {
    const { FleetIds = [] } = input;
    if (FleetIds.length === 0) throw errors.missingParameter('FleetId');
    if (!input.TerminateInstances) {
      throw errors.combination('Instant fleets are deleted with their instances only.');
    }
    checkIds(kinds.fleet, FleetIds);
    const deleted: DeleteFleetSuccessItem[] = [];
    const kept: DeleteFleetErrorItem[] = [];
    for (const FleetId of new Set(FleetIds)) {
      const fleet = await fleets.get(caller, FleetId);
      if (!fleet) {
        const Message = kinds.fleet.notFound([FleetId]).message;
        kept.push({ FleetId, Error: { Code: 'fleetIdDoesNotExist', Message } });
        continue;
      }
      const launched = (fleet.outcome?.instances ?? []).flatMap((each) => each.InstanceIds ?? []);
      const standing = await Promise.all(launched.map((id) => instances.get({ ...caller, id })));
      const InstanceIds = standing.flatMap((instance) => (instance ? [instance.id] : []));
      if (InstanceIds.length > 0) await invoke(caller, model.TerminateInstances, { InstanceIds });
      const state = 'deleted_terminating' as const;
      await fleets.update(caller, FleetId, (record) => ({ ...record, state }));
      deleted.push({ FleetId, CurrentFleetState: state, PreviousFleetState: fleet.state });
    }
    return { SuccessfulFleetDeletions: deleted, UnsuccessfulFleetDeletions: kept };
  },
});
