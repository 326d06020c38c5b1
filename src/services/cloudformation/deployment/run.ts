import assert from 'node:assert';
import type { Log } from '../../../kernel/log.ts';
import { resourceContext } from '../../../kernel/resource-context.ts';
import type { AnyResourceType, ResourceContext } from '../../../kernel/resource-type.ts';
import type { Platform } from '../../../kernel/service.ts';
import { set } from '../../../storage/records.ts';
import type { Happening } from '../domain/events.ts';
import type { Stack, StackOperation, StackStatus } from '../domain/stack.ts';
import type { StackResource } from '../domain/stack-resource.ts';
import { ofStack, type Stacks } from '../domain/stacks.ts';
import { isRefusal, reasonOf } from './failure.ts';

export interface RunParts {
  readonly platform: Platform;
  readonly stacks: Stacks;
  readonly log: Log;
}

/** What an event tells beside the resource's record. */
export type Tale = Pick<Happening, 'reason' | 'properties' | 'physicalId' | 'status'>;

/**
 * One phase of a stack's operation being carried out: what is recorded, as of the last transaction,
 * and the only way to record more.
 */
export class Run {
  readonly #parts: RunParts;
  readonly #resources: Map<string, StackResource>;
  readonly #cancelling = new AbortController();
  #stack: Stack;
  /** Aborted when the server stops: all is left as it is, for the next start. */
  readonly stop: AbortSignal;

  private constructor(
    parts: RunParts,
    stack: Stack,
    resources: readonly StackResource[],
    stop: AbortSignal,
  ) {
    this.#parts = parts;
    this.#stack = stack;
    this.#resources = new Map(resources.map((resource) => [resource.logicalId, resource]));
    this.stop = stop;
    if (stack.operation?.interruption) this.cancel();
  }

  static async begin(parts: RunParts, stack: Stack, stop: AbortSignal): Promise<Run> {
    return new Run(parts, stack, await parts.stacks.resources(stack), stop);
  }

  get stack(): Stack {
    return this.#stack;
  }

  get operation(): StackOperation {
    assert(this.#stack.operation, `${this.#stack.id} has no operation`);
    return this.#stack.operation;
  }

  get platform(): Platform {
    return this.#parts.platform;
  }

  get stacks(): Stacks {
    return this.#parts.stacks;
  }

  /** Names this phase of this operation in what it settles. */
  get phase(): string {
    return `${this.operation.id} ${this.#stack.status}`;
  }

  get resources(): ReadonlyMap<string, StackResource> {
    return this.#resources;
  }

  /** Begins nothing more, and no longer waits for what has begun to be ready. */
  cancel(): void {
    this.#cancelling.abort();
  }

  get cancelled(): boolean {
    return this.#cancelling.signal.aborted;
  }

  type(name: string): AnyResourceType {
    const type = this.platform.resourceType(name);
    assert(type, `${name} was built when its stack was made`);
    return type;
  }

  /** What a resource type's functions are given; what waits for readiness can be cancelled. */
  context(
    { logicalId }: Pick<StackResource, 'logicalId'>,
    token: string,
    tags: Readonly<Record<string, string>>,
    waiting?: 'cancellable',
  ): ResourceContext {
    const { id, name } = this.#stack;
    return resourceContext(this.platform, {
      caller: this.operation.caller,
      via: 'cloudformation.amazonaws.com',
      token,
      tags: {
        ...tags,
        'aws:cloudformation:stack-name': name,
        'aws:cloudformation:stack-id': id,
        'aws:cloudformation:logical-id': logicalId,
      },
      nameStem: `${name}-${logicalId}`,
      signal: waiting ? AbortSignal.any([this.stop, this.#cancelling.signal]) : this.stop,
    });
  }

  /** Records what a resource has come to and the events that tell it, in one transaction. */
  async record(resource: StackResource, ...tales: readonly Tale[]): Promise<void> {
    const updatedAtMs = this.platform.clock.now();
    const { logicalId, type } = resource;
    const recorded = tales.length > 0 ? { ...resource, updatedAtMs } : resource;
    this.#resources.set(logicalId, recorded);
    this.#stack = await this.stacks.record(this.#stack, (stack) => ({
      stack,
      happenings: tales.map((tale) => ({ logicalId, type, ...tale })),
      writes: [set(this.stacks.resourceAt(stack, logicalId), recorded)],
    }));
  }

  /** Records that a resource is no longer one of the stack's, and the events that tell it. */
  async forget({ logicalId, type }: StackResource, ...tales: readonly Tale[]): Promise<void> {
    this.#resources.delete(logicalId);
    this.#stack = await this.stacks.record(this.#stack, (stack) => ({
      stack,
      happenings: tales.map((tale) => ({ logicalId, type, ...tale })),
      writes: [{ key: this.stacks.resourceAt(stack, logicalId).key, value: undefined }],
    }));
  }

  /** Records that the stack is in another state, and the event that tells it. */
  async enter(status: StackStatus, statusReason?: string, change?: Partial<Stack>): Promise<void> {
    this.#stack = await this.stacks.record(this.#stack, ({ statusReason: _before, ...stack }) => {
      const reason = statusReason === undefined ? {} : { statusReason };
      const next: Stack = { ...stack, ...change, status, ...reason };
      return { stack: next, happenings: [ofStack(next)] };
    });
  }

  /**
   * Why something on a resource failed, in an event's words.
   * @throws the same where it failed because the server stops
   */
  explain(error: unknown, resource: Pick<StackResource, 'type' | 'logicalId'>, token?: string) {
    if (this.stop.aborted) throw error;
    const reason = reasonOf(error, resource.type, token);
    const at = { err: error, stack: this.#stack.id, resource: resource.logicalId };
    if (isRefusal(error)) this.#parts.log.info(at, 'resource refused');
    else this.#parts.log.error(at, 'resource failed');
    return reason;
  }
}
