import type { DeleteFleetErrorItem, DeleteFleetSuccessItem } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { fleetChange } from '../domain/fleets/events.ts';
import { isDeleted, isInstant, membersOf, withEvents } from '../domain/fleets/fleet.ts';
import { onResource } from '../domain/permission.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** With their instances, which those of the type instant cannot do without. */
export const deleteFleets = operation(model.DeleteFleets, {
  authorize: (input, { caller }: Ec2Scope) =>
    (input.FleetIds ?? []).map((id) => onResource('DeleteFleets', kinds.fleet, id, caller)),
  async handle(input, scope) {
    const { FleetIds = [], TerminateInstances = false } = input;
    if (FleetIds.length === 0) throw errors.missingParameter('FleetId');
    checkIds(kinds.fleet, FleetIds);
    const named = await Promise.all(FleetIds.map((id) => scope.fleets.get(scope.caller, id)));
    if (!TerminateInstances && named.some((fleet) => fleet && isInstant(fleet))) {
      throw errors.combination('Instant fleets are deleted with their instances only.');
    }
    const deleted: DeleteFleetSuccessItem[] = [];
    const kept: DeleteFleetErrorItem[] = [];
    for (const id of new Set(FleetIds)) {
      const outcome = await deleteFleet(id, TerminateInstances, scope);
      if ('Error' in outcome) kept.push(outcome);
      else deleted.push(outcome);
    }
    return { SuccessfulFleetDeletions: deleted, UnsuccessfulFleetDeletions: kept };
  },
});

async function deleteFleet(
  FleetId: string,
  terminates: boolean,
  { caller, fleets, instances, invoke, clock }: Ec2Scope,
): Promise<
  DeleteFleetSuccessItem | (DeleteFleetErrorItem & Required<Pick<DeleteFleetErrorItem, 'Error'>>)
> {
  const fleet = await fleets.get(caller, FleetId);
  if (!fleet) {
    const Message = kinds.fleet.notFound([FleetId]).message;
    return { FleetId, Error: { Code: 'fleetIdDoesNotExist', Message } };
  }
  if (isDeleted(fleet)) {
    const Message = `The fleet ${FleetId} is in the state ${fleet.state}, in which it cannot be deleted.`;
    return { FleetId, Error: { Code: 'fleetNotInDeletableState', Message } };
  }
  const state = terminates ? 'deleted_terminating' : 'deleted_running';
  const deletedAtMs = clock.now();
  // First of all nothing more is launched for it.
  await fleets.update(caller, FleetId, (record) => ({
    ...{ ...record, state, deletedAtMs },
    history: withEvents(record, [fleetChange('deleted', deletedAtMs)]),
  }));
  if (terminates) {
    const { standing } = membersOf(fleet, await instances.list(caller));
    const InstanceIds = standing.map(({ id }) => id);
    if (InstanceIds.length > 0) await invoke(caller, model.TerminateInstances, { InstanceIds });
  }
  return { FleetId, CurrentFleetState: state, PreviousFleetState: fleet.state };
}
