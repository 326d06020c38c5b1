import type { StackStatus } from '../domain/stack.ts';
import { isTouched } from '../domain/stack.ts';
import type { StackResource } from '../domain/stack-resource.ts';
import { build, type Built } from './build.ts';
import { target } from './desire.ts';
import { remove } from './remove.ts';
import { restore } from './restore.ts';
import type { Run } from './run.ts';

const TIMED_OUT = 'Stack creation time exceeded the specified timeout.';
const MINUTE_MS = 60_000;

/** Does what a status stands for and enters the next one. */
type Phase = (run: Run) => Promise<void>;

/**
 * What is done in each status that does not last: a stack's status is all that has to be known to
 * go on after a crash.
 */
export const phases: Partial<Record<StackStatus, Phase>> = {
  async CREATE_IN_PROGRESS(run) {
    const { built, timedOut } = await withinTimeout(run, () => build(run));
    if (await interrupted(run)) return;
    if ('outputs' in built) {
      await run.enter('CREATE_COMPLETE', undefined, built);
      return;
    }
    const reason = timedOut ? TIMED_OUT : built.failures.join('').trimEnd();
    const { onFailure } = run.operation;
    if (onFailure === 'DO_NOTHING') await run.enter('CREATE_FAILED', reason);
    if (onFailure === 'ROLLBACK') {
      await run.enter('ROLLBACK_IN_PROGRESS', `${reason} Rollback requested by user.`);
    }
    if (onFailure === 'DELETE') {
      await run.enter('DELETE_IN_PROGRESS', `${reason} Delete requested by user.`);
    }
  },

  async UPDATE_IN_PROGRESS(run) {
    const built = await build(run);
    if (await interrupted(run)) return;
    if ('outputs' in built) {
      await run.enter('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', undefined, built);
      return;
    }
    const reason = built.failures.join('');
    if (run.operation.onFailure === 'DO_NOTHING') await run.enter('UPDATE_FAILED', reason);
    else await run.enter('UPDATE_ROLLBACK_IN_PROGRESS', reason);
  },

  async UPDATE_COMPLETE_CLEANUP_IN_PROGRESS(run) {
    const { graph } = await target(run);
    await remove(run, { selected: ({ logicalId }) => !graph.has(logicalId), listed: false });
    await run.enter('UPDATE_COMPLETE');
  },

  async ROLLBACK_IN_PROGRESS(run) {
    const failed = await remove(run, { selected: () => true, listed: true });
    if (failed.length > 0) await run.enter('ROLLBACK_FAILED', notDeleted(failed));
    else await run.enter('ROLLBACK_COMPLETE');
  },

  async UPDATE_ROLLBACK_IN_PROGRESS(run) {
    const failed = await restore(run);
    if (failed.length > 0) {
      const reason = `The following resource(s) failed to update: [${failed.join(', ')}]. `;
      await run.enter('UPDATE_ROLLBACK_FAILED', reason);
      return;
    }
    const { before } = run.operation;
    await run.enter('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', undefined, before);
  },

  async UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS(run) {
    const { stack } = run;
    const selected = (each: StackResource) => each.added === true && isTouched(each, stack);
    await remove(run, { selected, listed: false });
    await run.enter('UPDATE_ROLLBACK_COMPLETE');
  },

  async DELETE_IN_PROGRESS(run) {
    const failed = await remove(run, { selected: () => true, listed: true });
    if (failed.length > 0) await run.enter('DELETE_FAILED', notDeleted(failed));
    else await run.enter('DELETE_COMPLETE', undefined, { deletedAtMs: run.platform.clock.now() });
  },
};

function notDeleted(logicalIds: readonly string[]): string {
  return `The following resource(s) failed to delete: [${logicalIds.join(', ')}]. `;
}

/** Begins nothing more once TimeoutInMinutes have passed since the creation began, crashes included. */
async function withinTimeout(run: Run, work: () => Promise<Built>) {
  const { clock } = run.platform;
  const { timeoutInMinutes: minutes } = run.stack.settings;
  if (minutes === undefined) return { built: await work(), timedOut: false };
  let timedOut = false;
  const timeOut = () => {
    timedOut = true;
    run.cancel();
  };
  const leftMs = run.operation.startedAtMs + minutes * MINUTE_MS - clock.now();
  if (leftMs <= 0) timeOut();
  const forget = clock.after(Math.max(0, leftMs), timeOut);
  try {
    return { built: await work(), timedOut };
  } finally {
    forget();
  }
}

/** Goes where somebody wanted the operation to go while it was at work. */
async function interrupted(run: Run): Promise<boolean> {
  const stack = await run.stacks.read(run.stack);
  const { interruption, ...operation } = stack.operation!;
  if (!interruption) return false;
  const { status, reason, operation: next = operation } = interruption;
  await run.enter(status, reason, { operation: next });
  return true;
}
