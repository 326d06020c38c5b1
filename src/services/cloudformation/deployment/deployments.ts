import type { Write } from '../../../storage/engine.ts';
import type { Workflow } from '../../../workflows/workflows.ts';
import type { Stack, StackOperation } from '../domain/stack.ts';
import type { StackRef } from '../domain/stacks.ts';
import { phases } from './phases.ts';
import { Run, type RunParts } from './run.ts';

/** Which operation on which stack. */
interface Order extends StackRef {
  readonly order: string;
}

/** Carries out what is asked of stacks, each operation as an order that survives the process. */
export class Deployments {
  readonly workflow: Workflow<Order>;
  readonly #parts: RunParts;
  /** What is at work in this process, by the stack's UUID. */
  readonly #runs = new Map<string, Run>();

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.workflow = {
      name: 'cloudformation:Stack',
      steps: [{ name: 'carry out', run: (order, signal) => this.#carryOut(order, signal) }],
    };
  }

  /** The write that orders a stack's operation; it belongs in the transaction that begins it. */
  order({ account, region, uuid }: StackRef, { order }: StackOperation): Write {
    const state: Order = { account, region, uuid, order };
    return this.#parts.platform.workflows.order(this.workflow, order, state);
  }

  /** Sets about an operation that has been ordered, or tells the one at work that it is interrupted. */
  start({ uuid, operation }: Stack): void {
    if (operation?.interruption) this.#runs.get(uuid)?.cancel();
    if (operation) this.#parts.platform.workflows.start(this.workflow, operation.order);
  }

  async #carryOut(ref: Order, signal: AbortSignal): Promise<void> {
    for (;;) {
      const stack = await this.#parts.stacks.read(ref);
      const phase = phases[stack.status];
      if (!phase || stack.operation?.order !== ref.order) return;
      signal.throwIfAborted();
      const run = await Run.begin(this.#parts, stack, signal);
      this.#runs.set(stack.uuid, run);
      try {
        await phase(run);
      } finally {
        this.#runs.delete(stack.uuid);
      }
    }
  }
}
