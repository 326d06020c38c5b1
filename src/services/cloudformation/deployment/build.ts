import type { StackOutput } from '../domain/stack.ts';
import type { StackResource } from '../domain/stack-resource.ts';
import { bring, carryOn, fail, isCreation, touched } from './change-resource.ts';
import { desire, type Target, target } from './desire.ts';
import { outputs } from './outputs.ts';
import type { Run } from './run.ts';
import { walk } from './walk.ts';

/** Every resource is as the template wants it, or not: which ones failed at what. */
export type Built =
  | { readonly outputs: readonly StackOutput[]; readonly imports: readonly string[] }
  | { readonly failures: readonly string[] };

/**
 * Makes the stack's resources what its revision says, each as soon as those it depends on are. Once
 * one has failed nothing more is begun, and what is under way is not waited for to be ready.
 */
export async function build(run: Run): Promise<Built> {
  if ([...run.resources.values()].some((each) => hasFailed(run, each))) run.cancel();
  const begun = [...run.resources.values()].filter((each) => isUnderWay(run, each));
  await Promise.all(begun.map((each) => attempt(run, each, () => carryOn(run, each))));
  const goal = await target(run);
  if (!run.cancelled)
    await walk(
      goal.graph,
      (id) => visit(run, goal, id),
      () => !run.cancelled,
    );
  if (run.cancelled) return { failures: failures(run) };
  try {
    return { outputs: await outputs(run, goal), imports: [...goal.imports].toSorted() };
  } catch (error) {
    return { failures: [run.explain(error, { type: 'Outputs', logicalId: 'Outputs' })] };
  }
}

async function visit(run: Run, goal: Target, logicalId: string): Promise<boolean> {
  const { type, metadata } = goal.template.resources.get(logicalId)!;
  const standing: StackResource = run.resources.get(logicalId) ?? {
    ...{ logicalId, type, status: 'CREATE_IN_PROGRESS', updatedAtMs: 0 },
  };
  if (standing.settled === run.phase) return true;
  const described = { ...standing, metadata: metadata && JSON.stringify(metadata) };
  return attempt(run, described, async () => {
    await bring(run, described, await desire(run, goal, logicalId));
  });
}

/** @returns whether it came off; a failure is recorded and keeps others from being begun */
async function attempt(
  run: Run,
  before: StackResource,
  work: () => Promise<void>,
): Promise<boolean> {
  const { logicalId } = before;
  try {
    await work();
    return true;
  } catch (error) {
    const standing = run.resources.get(logicalId) ?? before;
    const begun = isUnderWay(run, standing);
    const reason = run.explain(error, standing, begun ? standing.change!.token : undefined);
    const created = isCreation(standing);
    const verb = created ? 'creation' : 'update';
    const added = created && { added: true as const };
    const cancelled = begun && run.cancelled;
    await fail(
      run,
      { ...touched(run, standing), ...added },
      cancelled ? `Resource ${verb} cancelled` : reason,
    );
    run.cancel();
    return false;
  }
}

function isUnderWay(run: Run, { change, settled }: StackResource): boolean {
  return change?.operation === run.operation.id && settled !== run.phase;
}

function hasFailed(run: Run, { status, settled }: StackResource): boolean {
  return settled === run.phase && status.endsWith('_FAILED');
}

/** e.g. `The following resource(s) failed to create: [Orders, Stock]. ` */
function failures(run: Run): string[] {
  const failed = [...run.resources.values()].filter((each) => hasFailed(run, each));
  return (['create', 'update'] as const).flatMap((verb) => {
    const ids = failed
      .filter(({ status }) => status === `${verb.toUpperCase()}_FAILED`)
      .map(({ logicalId }) => logicalId);
    return ids.length === 0
      ? []
      : `The following resource(s) failed to ${verb}: [${ids.join(', ')}]. `;
  });
}
