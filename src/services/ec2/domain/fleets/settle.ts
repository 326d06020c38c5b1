import * as model from '../../../../models/generated/ec2.ts';
import type { Ec2, Ec2Scope } from '../../scope.ts';
import { actingService } from '../acting-service.ts';
import type { Instance } from '../instances/instance.ts';
import { RETRY_MS } from '../rounds.ts';
import { endings, launches, refusals, stateChange } from './events.ts';
import { capacityOf, lifecycleOf, membersOf, withEvents } from './fleet.ts';
import type { FleetEvent, FleetRecord } from './fleet.ts';
import { launchFleet } from './launch.ts';
import { targetsOf, type Lifecycle } from './targets.ts';

/** One look at a fleet: launches what is missing, terminates what is too much, and records what happened. */
export async function settleFleet(fleet: FleetRecord, ec2: Ec2): Promise<'settled' | 'lacking'> {
  const { clock, instances, fleets } = ec2;
  const scope = actingService('ec2fleet.amazonaws.com', fleet, ec2);
  const all = await instances.list(fleet);
  const { active } = membersOf(fleet, all);
  const events: FleetEvent[] = endings(fleet, all, clock.now());
  let isLacking = false;
  let isComplete = true;
  for (const lifecycle of ['on-demand', 'spot'] as const) {
    const done = await settleCapacity(fleet, lifecycle, active, all, scope);
    events.push(...done.events);
    if (done.isLacking) isLacking = true;
    if (!done.isMet) isComplete = false;
  }
  const isPlaced = fleet.isPlaced || (fleet.request.Type === 'request' && isComplete);
  const hasBegun = fleet.state === 'submitted' || fleet.state === 'modifying';
  if (hasBegun) events.push(stateChange(fleet, clock.now()));
  if (events.length > 0 || hasBegun || isPlaced !== (fleet.isPlaced ?? false)) {
    await fleets.update(fleet, fleet.id, (now) => ({
      ...now,
      // Another change may have come in between: the next look is at that.
      state: now.state === fleet.state && hasBegun ? 'active' : now.state,
      history: withEvents(now, events),
      ...(isPlaced && { isPlaced }),
    }));
  }
  return isLacking ? 'lacking' : 'settled';
}

interface Settled {
  readonly events: readonly FleetEvent[];
  readonly isMet: boolean;
  /** Whether there is to be another attempt. */
  readonly isLacking: boolean;
}

async function settleCapacity(
  fleet: FleetRecord,
  lifecycle: Lifecycle,
  active: readonly Instance[],
  all: readonly Instance[],
  scope: Ec2Scope,
): Promise<Settled> {
  const nowMs = scope.clock.now();
  const missing =
    targetsOf(fleet.request.TargetCapacitySpecification)[lifecycle] - capacityOf(active)[lifecycle];
  if (missing <= 0) {
    await terminateSurplus(
      fleet,
      -missing,
      active.filter((each) => lifecycleOf(each) === lifecycle),
      scope,
    );
    return { events: [], isMet: true, isLacking: false };
  }
  if (fleet.isPlaced) return { events: [], isMet: true, isLacking: false };
  // Machines that could not be made are not tried again at once.
  const hasFailed = all.some(
    (each) =>
      each.fleet?.id === fleet.id &&
      each.stateReason?.Code?.startsWith('Server.') &&
      nowMs < (each.terminatedAtMs ?? nowMs) + RETRY_MS,
  );
  if (hasFailed) return { events: [], isMet: false, isLacking: true };
  const launched = await launchFleet(fleet, lifecycle, missing, false, scope);
  const isMet = launched.fulfilled >= missing;
  return {
    events: [...launches(launched.fresh, nowMs), ...refusals(fleet, launched.errors, nowMs)],
    isMet,
    isLacking: !isMet,
  };
}

/** Terminates what was launched for a fleet while it was being deleted with its instances. */
export async function terminateRest(fleet: FleetRecord, ec2: Ec2): Promise<void> {
  if (fleet.state !== 'deleted_terminating') return;
  const { active } = membersOf(fleet, await ec2.instances.list(fleet));
  const InstanceIds = active.map(({ id }) => id);
  if (InstanceIds.length === 0) return;
  const { caller, invoke } = actingService('ec2fleet.amazonaws.com', fleet, ec2);
  await invoke(caller, model.TerminateInstances, { InstanceIds });
}

/** The youngest go first, as long as the target is met without them. */
async function terminateSurplus(
  { request }: FleetRecord,
  surplus: number,
  active: readonly Instance[],
  { caller, invoke }: Ec2Scope,
): Promise<void> {
  const isKept = request.ExcessCapacityTerminationPolicy === 'no-termination';
  if (request.Type === 'request' || isKept) return;
  let left = surplus;
  const InstanceIds: string[] = [];
  for (const { id, fleet } of active.toSorted((a, b) => b.launchedAtMs - a.launchedAtMs)) {
    if ((fleet?.weight ?? 0) > left) continue;
    left -= fleet?.weight ?? 0;
    InstanceIds.push(id);
  }
  if (InstanceIds.length > 0) await invoke(caller, model.TerminateInstances, { InstanceIds });
}
