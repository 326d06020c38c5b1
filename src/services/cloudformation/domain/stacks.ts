import type { Clock } from '../../../kernel/clock.ts';
import type { Ids } from '../../../kernel/ids.ts';
import type { Engine, Write } from '../../../storage/engine.ts';
import { Records, type Slot, clear, set, transact } from '../../../storage/records.ts';
import * as errors from '../errors.ts';
import { type Happening, STACK_TYPE, StackEvents } from './events.ts';
import type { Owner, Stack } from './stack.ts';
import type { StackResource } from './stack-resource.ts';

/** A deleted stack is told of by its ID for so long. */
const KEPT_MS = 90 * 86_400_000;

/** What a transaction does to a stack: what it becomes, what its events tell, what else is written. */
export interface Turn {
  readonly stack: Stack;
  readonly happenings?: readonly Happening[];
  readonly writes?: readonly Write[];
}

/** The stacks of a cloud with their resources, events and templates. */
export class Stacks {
  readonly events: StackEvents;
  readonly #store: Engine;
  readonly #clock: Clock;
  readonly #ids: Ids;
  readonly #stacks: Records<Stack>;
  /** The UUID of the stack that has a name now. */
  readonly #names: Records<string>;
  readonly #resources: Records<StackResource>;
  readonly #templates: Records<string>;

  constructor(parts: { readonly store: Engine; readonly clock: Clock; readonly ids: Ids }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#ids = parts.ids;
    this.events = new StackEvents(parts.store);
    this.#stacks = new Records(parts.store, 'cloudformation', 'stack');
    this.#names = new Records(parts.store, 'cloudformation', 'name');
    this.#resources = new Records(parts.store, 'cloudformation', 'resource');
    this.#templates = new Records(parts.store, 'cloudformation', 'template');
  }

  /** By name, if it is there; by ID also one that was deleted. */
  async find(owner: Owner, nameOrId: string): Promise<Stack | undefined> {
    const { account, region } = owner;
    const uuid = nameOrId.startsWith('arn:')
      ? nameOrId.split('/')[2]
      : await this.#names.get(account, region, nameOrId);
    const stack = uuid && (await this.#stacks.get(account, region, uuid));
    if (!stack || (nameOrId.startsWith('arn:') && stack.id !== nameOrId)) return undefined;
    return this.#isForgotten(stack) ? undefined : stack;
  }

  /** One that is known to be there. */
  async read({ account, region, uuid }: StackRef): Promise<Stack> {
    const stack = await this.#stacks.get(account, region, uuid);
    if (!stack) throw new Error(`no stack ${uuid} is recorded`);
    return stack;
  }

  /** All of a region, those deleted of late as well; newest first. */
  async list({ account, region }: Owner): Promise<Stack[]> {
    const all = await this.#stacks.list(account, region);
    return all
      .filter((stack) => !this.#isForgotten(stack))
      .toSorted((one, other) => other.createdAtMs - one.createdAtMs);
  }

  /**
   * Records a new stack under a name that no other has.
   *
   * @throws AlreadyExistsException
   */
  async create({ stack, ...rest }: Turn): Promise<Stack> {
    const name = this.#names.at(stack.account, stack.region, stack.name);
    const slot = this.#at(stack);
    return transact(this.#store, [name], (taken) => {
      if (taken !== undefined) throw errors.alreadyExists(stack.name);
      const [result, writes] = this.#told({ stack, ...rest });
      return { writes: [...writes, set(slot, result), set(name, stack.uuid)], result };
    });
  }

  /** Changes a stack, along with whatever belongs to the same moment. May throw to refuse. */
  async record(ref: StackRef, compute: (stack: Stack) => Turn): Promise<Stack> {
    const slot = this.#at(ref);
    return transact(this.#store, [slot], (stack) => {
      if (!stack) throw new Error(`no stack ${ref.uuid} is recorded`);
      const [result, writes] = this.#told(compute(stack));
      const { account, region, name, status } = result;
      const ended = status === 'DELETE_COMPLETE' && stack.status !== status;
      const nameGone = ended ? [clear(this.#names.at(account, region, name))] : [];
      return { writes: [...writes, ...nameGone, set(slot, result)], result };
    });
  }

  /** In order of their logical IDs. */
  async resources({ uuid }: StackRef): Promise<readonly StackResource[]> {
    return this.#resources.list(uuid);
  }

  resourceAt({ uuid }: StackRef, logicalId: string): Slot<StackResource> {
    return this.#resources.at(uuid, logicalId);
  }

  templateAt({ uuid }: StackRef, templateId: string): Slot<string> {
    return this.#templates.at(uuid, templateId);
  }

  /** The text of a template that is known to be there. */
  async template({ uuid }: StackRef, templateId: string): Promise<string> {
    const body = await this.#templates.get(uuid, templateId);
    if (body === undefined) throw new Error(`no template ${templateId} of stack ${uuid} is kept`);
    return body;
  }

  #told({ stack, happenings = [], writes = [] }: Turn): [Stack, Write[]] {
    const all: Write[] = [...writes];
    let told = stack;
    for (const happening of happenings) {
      const [next, write] = this.events.add(told, happening, this.#clock.now(), this.#ids.uuid());
      told = next;
      all.push(write);
    }
    return [told, all];
  }

  #at({ account, region, uuid }: StackRef): Slot<Stack> {
    return this.#stacks.at(account, region, uuid);
  }

  #isForgotten({ deletedAtMs }: Stack): boolean {
    return deletedAtMs !== undefined && deletedAtMs + KEPT_MS < this.#clock.now();
  }
}

export type StackRef = Owner & Pick<Stack, 'uuid'>;

/** The event that tells a stack's own status. */
export function ofStack({ id, name, status, statusReason }: Stack): Happening {
  return {
    ...{ logicalId: name, physicalId: id, type: STACK_TYPE, status },
    ...(statusReason === undefined ? {} : { reason: statusReason }),
  };
}
