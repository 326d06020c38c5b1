import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Engine, Write } from '../storage/engine.ts';
import { Records, clear, set, transact } from '../storage/records.ts';

/**
 * What outlives a request: a list of small steps, each with an undo. Progress is in storage, so a
 * killed server goes on at the step it had reached. A step may run again after a crash, so running
 * it twice must do what running it once does; the same holds for its undo.
 */
export interface Workflow<State> {
  /** Unique, e.g. `ec2:RunInstance`. It names the journal's rows, so a renamed workflow is a new one. */
  readonly name: string;
  readonly steps: readonly Step<State>[];
}

export interface Step<State> {
  readonly name: string;
  /**
   * Brings it about. May return a changed state, which is stored with the progress. What it throws
   * undoes the whole order: this step first, then those before it, last first.
   */
  run(state: State, signal: AbortSignal): Promise<State | void>;
  /** Takes it back, also where `run` stopped half way or never began. Repeated until it succeeds. */
  undo?(state: State, cause: Failure): Promise<void>;
}

/** Why an order is being undone. */
export interface Failure {
  readonly step: string;
  readonly message: string;
}

interface Progress {
  readonly workflow: string;
  readonly id: string;
  readonly state: unknown;
  /** Index of the step that is next; when undoing, of the step that is undone next. */
  readonly at: number;
  readonly failure?: Failure;
}

/** A place where a test can stop the process: before and after each step's work and its record. */
export type Checkpoint = (
  workflow: string,
  step: string,
  when: 'before' | 'done' | 'recorded',
) => void;

const UNDO_RETRY_MS = 1_000;

/** Runs workflows, several at once, and takes up at start what an earlier process left. */
export class Workflows {
  readonly #store: Engine;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #journal: Records<Progress>;
  readonly #definitions = new Map<string, Workflow<unknown>>();
  readonly #running = new Map<string, Promise<void>>();
  readonly #closing = new AbortController();
  readonly #checkpoint: Checkpoint;

  constructor(
    parts: { readonly store: Engine; readonly clock: Clock; readonly log: Log },
    checkpoint: Checkpoint = () => {},
  ) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#journal = new Records<Progress>(parts.store, 'workflow');
    this.#checkpoint = checkpoint;
  }

  register<State>(workflow: Workflow<State>): void {
    if (this.#definitions.has(workflow.name)) throw new Error(`two workflows ${workflow.name}`);
    this.#definitions.set(workflow.name, workflow);
  }

  /**
   * The write that places an order. It belongs in the transaction that records what is ordered, so
   * that neither exists without the other; call `start` once that has committed.
   */
  order<State>(workflow: Pick<Workflow<State>, 'name'>, id: string, state: State): Write {
    return set(this.#journal.at(workflow.name, id), { workflow: workflow.name, id, state, at: 0 });
  }

  /** Begins an order that has been placed. Returns at once; `settled` tells when it has ended. */
  start(workflow: Pick<Workflow<never>, 'name'>, id: string): void {
    const runKey = `${workflow.name}\0${id}`;
    if (this.#closing.signal.aborted || this.#running.has(runKey)) return;
    const run = this.#drive(workflow.name, id)
      .catch((error: unknown) => {
        if (!this.#closing.signal.aborted) {
          this.#log.error({ err: error, workflow: workflow.name, id }, 'workflow stopped');
        }
      })
      .finally(() => this.#running.delete(runKey));
    this.#running.set(runKey, run);
  }

  /** Takes up every order that an earlier process left unfinished. */
  async resume(): Promise<void> {
    for await (const { workflow, id } of this.#journal.scan()) this.start({ name: workflow }, id);
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  /** Lets each order stop after the step it is in; the journal keeps the rest for the next start. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.settled();
  }

  async #drive(name: string, id: string): Promise<void> {
    const definition = this.#definitions.get(name);
    if (!definition) throw new Error(`no workflow ${name} is registered`);
    let progress = await this.#journal.get(name, id);
    while (progress && !this.#closing.signal.aborted) {
      const step = definition.steps[progress.at];
      // An earlier version had more steps.
      if (!step) progress = await this.#record(definition, progress);
      else if (progress.failure) {
        progress = await this.#undo(definition, step, progress, progress.failure);
      } else progress = await this.#run(definition, step, progress);
    }
  }

  async #run(
    definition: Workflow<unknown>,
    step: Step<unknown>,
    progress: Progress,
  ): Promise<Progress | undefined> {
    this.#checkpoint(definition.name, step.name, 'before');
    let next: Progress;
    try {
      const state = (await step.run(progress.state, this.#closing.signal)) ?? progress.state;
      next = { ...progress, state, at: progress.at + 1 };
    } catch (error) {
      if (this.#closing.signal.aborted) return undefined;
      const message = error instanceof Error ? error.message : String(error);
      this.#log.warn(
        { err: error, workflow: definition.name, id: progress.id, step: step.name },
        'undoing',
      );
      next = { ...progress, failure: { step: step.name, message } };
    }
    this.#checkpoint(definition.name, step.name, 'done');
    const left = await this.#record(definition, next);
    this.#checkpoint(definition.name, step.name, 'recorded');
    return left;
  }

  async #undo(
    definition: Workflow<unknown>,
    step: Step<unknown>,
    progress: Progress,
    failure: Failure,
  ): Promise<Progress | undefined> {
    try {
      await step.undo?.(progress.state, failure);
    } catch (error) {
      this.#log.error(
        { err: error, workflow: definition.name, id: progress.id, step: step.name },
        'undo failed, trying again',
      );
      await this.#pause(UNDO_RETRY_MS);
      return this.#closing.signal.aborted ? undefined : progress;
    }
    return this.#record(definition, { ...progress, at: progress.at - 1 });
  }

  /** Writes down how far an order has come; one that is done leaves nothing, and nothing to do. */
  async #record({ steps }: Workflow<unknown>, progress: Progress): Promise<Progress | undefined> {
    const row = this.#journal.at(progress.workflow, progress.id);
    const left = steps[progress.at] ? progress : undefined;
    const write = left ? set(row, left) : clear(row);
    await transact(this.#store, [], () => ({ writes: [write], result: undefined }));
    return left;
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#clock.after(ms, resolve);
      this.#closing.signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }
}
