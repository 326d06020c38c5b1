import type { Change, ChangeSetStatus, ExecutionStatus } from '@aws-sdk/client-cloudformation';
import type { Engine, Write } from '../../../storage/engine.ts';
import { Records, clear, set } from '../../../storage/records.ts';
import type { Revision, Stack, StackSettings } from './stack.ts';
import type { StackRef } from './stacks.ts';

/** A change set as it is recorded. */
export interface ChangeSet {
  /** The ARN. */
  readonly id: string;
  readonly name: string;
  readonly stackId: string;
  readonly kind: 'CREATE' | 'UPDATE';
  readonly status: ChangeSetStatus;
  readonly statusReason?: string;
  readonly executionStatus: ExecutionStatus;
  readonly createdAtMs: number;
  readonly description?: string;
  readonly revision: Revision;
  readonly settings: Partial<StackSettings>;
  /** With what their properties were and would be. */
  readonly changes: readonly Change[];
  /** The client's name for its creation. */
  readonly token?: string;
}

/** The change sets of every stack, by name. */
export class ChangeSets {
  readonly #records: Records<ChangeSet>;

  constructor(store: Engine) {
    this.#records = new Records(store, 'cloudformation', 'change-set');
  }

  /** By name or ID. */
  async find({ uuid }: StackRef, nameOrId: string): Promise<ChangeSet | undefined> {
    const name = nameOrId.startsWith('arn:') ? nameOrId.split('/')[1] : nameOrId;
    const found = name && (await this.#records.get(uuid, name));
    return found && (found.id === nameOrId || found.name === nameOrId) ? found : undefined;
  }

  async list({ uuid }: StackRef): Promise<readonly ChangeSet[]> {
    return this.#records.list(uuid);
  }

  put({ uuid }: StackRef, changeSet: ChangeSet): Write {
    return set(this.#records.at(uuid, changeSet.name), changeSet);
  }

  remove({ uuid }: StackRef, { name }: ChangeSet): Write {
    return clear(this.#records.at(uuid, name));
  }

  /** The writes that leave of a stack's change sets only the one that is executed. */
  async onlyExecuted(stack: Stack, executed: ChangeSet): Promise<Write[]> {
    const all = await this.list(stack);
    const others = all.filter(({ id }) => id !== executed.id);
    const started: ChangeSet = { ...executed, executionStatus: 'EXECUTE_COMPLETE' };
    return [...others.map((each) => this.remove(stack, each)), this.put(stack, started)];
  }
}
