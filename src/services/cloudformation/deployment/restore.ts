import { judge } from '../domain/plan.ts';
import { isTouched } from '../domain/stack.ts';
import type { Desired, StackResource } from '../domain/stack-resource.ts';
import { bring, carryOn, fail, tell } from './change-resource.ts';
import type { Run } from './run.ts';
import { type Graph, walk } from './walk.ts';

/**
 * Brings every resource that was changed since back to what it was: replaced ones are put back in
 * their place, changed ones are changed back. What was added is left for the clean-up.
 *
 * @returns the logical IDs of those that could not be brought back
 */
export async function restore(run: Run): Promise<string[]> {
  const changed = [...run.resources.values()].filter(
    (each) => isTouched(each, run.stack) && !each.added,
  );
  const graph: Graph = new Map(
    changed.map(({ logicalId, previous, now }) => [
      logicalId,
      new Set((previous ?? now)?.dependsOn ?? []),
    ]),
  );
  const failed: string[] = [];
  await walk(
    graph,
    async (logicalId) => {
      const done = await putBack(run, run.resources.get(logicalId)!);
      if (!done) failed.push(logicalId);
      return done;
    },
    () => true,
  );
  return failed.toSorted();
}

async function putBack(run: Run, standing: StackResource): Promise<boolean> {
  const { settled, status, logicalId } = standing;
  if (settled === run.phase) return status === 'UPDATE_COMPLETE';
  if (run.operation.skip?.includes(logicalId)) {
    await leave(run, standing);
    return true;
  }
  try {
    await (isChangingBack(standing) ? carryOn(run, standing) : goBack(run, standing));
    return true;
  } catch (error) {
    const now = run.resources.get(logicalId)!;
    const token = isChangingBack(now) ? now.change?.token : undefined;
    await fail(run, now, run.explain(error, now, token));
    return false;
  }
}

/** Takes a resource that was to be skipped for restored, as AWS does, however it is. */
async function leave(run: Run, { change: _change, ...standing }: StackResource): Promise<void> {
  await tell(run, { ...standing, status: 'UPDATE_COMPLETE', settled: run.phase });
}

async function goBack(run: Run, standing: StackResource): Promise<void> {
  const { now, previous, change, spares = [], ...rest } = standing;
  const replaced = previous && now && previous.id !== now.id;
  if (replaced || (change?.kind !== 'update' && !previous)) {
    const { previous: _previous, change: _change, ...calm } = standing;
    const place = replaced ? { now: previous, spares: [...spares, now] } : {};
    const back = { ...calm, ...place, status: 'UPDATE_COMPLETE', settled: run.phase } as const;
    await tell(run, back, undefined, 'UPDATE_IN_PROGRESS');
    return;
  }
  const wanted = previous ?? now!;
  // an update that failed may have changed some of it; a way back that failed, not all of it
  const maybe: Desired = change?.desired ?? now!;
  const changed = judge(run.type(standing.type), maybe, wanted);
  const from = changed.action === 'none' ? now! : maybe;
  const asIs = { ...rest, spares, previous: wanted, now: { ...from, id: now!.id } };
  await bring(run, asIs, wanted);
}

/** A change that an operation had begun before has failed; one in progress is a way back. */
function isChangingBack({ change, status }: StackResource): boolean {
  return change !== undefined && status === 'UPDATE_IN_PROGRESS';
}
