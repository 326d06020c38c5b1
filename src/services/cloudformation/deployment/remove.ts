import { isTouched } from '../domain/stack.ts';
import type { Physical, StackResource } from '../domain/stack-resource.ts';
import type { Run, Tale } from './run.ts';
import { type Graph, reversed, walk } from './walk.ts';

/** Something that is to go, or by its policy to stay behind without its stack. */
interface Doomed {
  readonly physical: Physical;
  readonly policy: string;
}

/** Which resources go as a whole; all lose what has been replaced. */
type Selection = (resource: StackResource) => boolean;

interface Removal {
  readonly selected: Selection;
  /** Whether a resource that is gone stays on the stack's list, as DELETE_COMPLETE. */
  readonly listed: boolean;
}

/**
 * Deletes what a stack no longer has use for, those first that others do not depend on. What fails
 * keeps what it depends on from being deleted.
 *
 * @returns the logical IDs of those that could not be deleted
 */
export async function remove(run: Run, { selected, listed }: Removal): Promise<string[]> {
  const affected = [...run.resources.values()].filter(
    (each) => selected(each) || doomedOf(run, each, false).length > 0,
  );
  const graph: Graph = new Map(
    affected.map((each) => [
      each.logicalId,
      new Set(doomedOf(run, each, selected(each)).flatMap(({ physical }) => physical.dependsOn)),
    ]),
  );
  const failed: string[] = [];
  await walk(
    reversed(graph),
    async (logicalId) => {
      const resource = run.resources.get(logicalId)!;
      const done = await removeOne(run, resource, { selected, listed });
      if (!done) failed.push(logicalId);
      return done;
    },
    () => true,
  );
  return failed.toSorted();
}

async function removeOne(run: Run, resource: StackResource, removal: Removal): Promise<boolean> {
  const { logicalId, settled, status } = resource;
  if (settled === run.phase) return status !== 'DELETE_FAILED';
  const whole = removal.selected(resource);
  const { skip = [] } = run.operation;
  for (const { physical, policy } of doomedOf(run, resource, whole)) {
    const kept = skip.includes(logicalId) || retains(policy, resource, run);
    if (kept) await drop(run, physical, resource, 'DELETE_SKIPPED');
    else if (!(await unmake(run, physical, logicalId, removal.listed))) {
      if (whole && !removal.listed) await run.forget(resource);
      return false;
    }
  }
  if (!whole) return true;
  const left = run.resources.get(logicalId)!;
  const neverMade = left.status === 'CREATE_FAILED';
  const gone = { ...left, ...(neverMade && { status: 'DELETE_COMPLETE' as const }) };
  const tales = neverMade ? [{ status: gone.status }] : [];
  await (removal.listed
    ? run.record({ ...gone, settled: run.phase }, ...tales)
    : run.forget(left, ...tales));
  return true;
}

async function unmake(
  run: Run,
  physical: Physical,
  logicalId: string,
  listed: boolean,
): Promise<boolean> {
  const token = physical.deletion ?? run.platform.ids.uuid();
  if (physical.deletion === undefined) {
    const begun: Physical = { ...physical, deletion: token };
    const resource = run.resources.get(logicalId)!;
    await tell(run, replaced(resource, physical, begun), physical, 'DELETE_IN_PROGRESS');
  }
  const resource = run.resources.get(logicalId)!;
  try {
    const context = run.context(resource, token, physical.tags);
    await run.type(resource.type).delete(physical.id, context);
  } catch (error) {
    const reason = run.explain(error, resource, token);
    // a clean-up does not come back to what it could not delete; a deletion does, with a new token
    const { deletion: _, ...again } = physical;
    const left = replaced(resource, physical, listed ? again : undefined);
    await tell(run, { ...left, settled: run.phase }, physical, 'DELETE_FAILED', reason);
    return false;
  }
  await drop(run, physical, resource, 'DELETE_COMPLETE');
  return true;
}

async function drop(
  run: Run,
  physical: Physical,
  { logicalId }: StackResource,
  status: 'DELETE_COMPLETE' | 'DELETE_SKIPPED',
): Promise<void> {
  const resource = run.resources.get(logicalId)!;
  await tell(run, replaced(resource, physical, undefined), physical, status, undefined, resource);
}

/** Records a resource with an event on one physical resource, whose status is the logical one's if it is that. */
async function tell(
  run: Run,
  { statusReason, ...resource }: StackResource,
  { id, properties }: Physical,
  status: 'DELETE_IN_PROGRESS' | 'DELETE_COMPLETE' | 'DELETE_SKIPPED' | 'DELETE_FAILED',
  reason?: string,
  before: StackResource = resource,
): Promise<void> {
  const tale: Tale = {
    ...{ status, physicalId: id, properties: JSON.stringify(properties) },
    ...(reason !== undefined && { reason }),
  };
  const own = before.now?.id === id;
  const told = { ...resource, ...(reason !== undefined && { statusReason: reason }), status };
  await run.record(own ? told : { ...resource, ...(statusReason && { statusReason }) }, tale);
}

/** A resource's own physical one comes last: what it replaced, or what replaced it, goes before. */
function doomedOf(run: Run, resource: StackResource, whole: boolean): Doomed[] {
  const { now, previous, spares = [] } = resource;
  const old =
    previous && previous.id !== now?.id && isTouched(resource, run.stack) ? [previous] : [];
  return [
    ...[...spares, ...old].map((each) => ({ physical: each, policy: each.updateReplacePolicy })),
    ...(whole && now ? [{ physical: now, policy: now.deletionPolicy }] : []),
  ];
}

function retains(policy: string, resource: StackResource, run: Run): boolean {
  const { settings } = run.stack;
  const exceptOnCreate =
    policy === 'RetainExceptOnCreate' || settings.retainExceptOnCreate === true;
  const isNew = resource.added === true && isTouched(resource, run.stack);
  return policy.startsWith('Retain') && !(exceptOnCreate && isNew);
}

/** The same with another in the place of one of its physical resources, or nothing. */
function replaced(resource: StackResource, old: Physical, by: Physical | undefined): StackResource {
  const { now, previous, spares = [], ...rest } = resource;
  const put = (each: Physical | undefined) => (each?.id === old.id ? by : each);
  const [here, before] = [put(now), put(previous)];
  return {
    ...rest,
    ...(here && { now: here }),
    ...(now && !here && { lastId: now.id }),
    ...(before && { previous: before }),
    spares: spares.flatMap((each) => put(each) ?? []),
  };
}
