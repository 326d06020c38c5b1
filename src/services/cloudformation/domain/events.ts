import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { Engine, Write } from '../../../storage/engine.ts';
import { key, under } from '../../../storage/keys.ts';
import { Records, set } from '../../../storage/records.ts';
import type { Stack } from './stack.ts';

/** What has happened, as whoever reports it knows it. */
export interface Happening {
  readonly logicalId: string;
  readonly physicalId?: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  /** JSON. */
  readonly properties?: string;
}

/** An event as it is recorded. */
interface RecordedEvent extends Happening {
  readonly id: string;
  readonly atMs: number;
  readonly token?: string;
}

export const STACK_TYPE = 'AWS::CloudFormation::Stack';

/** What happened to each stack, in order. */
export class StackEvents {
  readonly #store: Engine;
  readonly #records: Records<RecordedEvent>;

  constructor(store: Engine) {
    this.#store = store;
    this.#records = new Records(store, 'cloudformation', 'event');
  }

  /** The write that adds an event as a stack's next one, and the stack that counts it. */
  add(stack: Stack, happening: Happening, nowMs: number, uuid: string): [Stack, Write] {
    const atMs = Math.max(nowMs, stack.lastEventAtMs + 1);
    const { logicalId, status, type } = happening;
    const ofStack = type === STACK_TYPE && happening.physicalId === stack.id;
    const token = stack.operation?.token;
    const event: RecordedEvent = {
      ...happening,
      id: ofStack ? uuid : `${logicalId}-${status}-${new Date(atMs).toISOString()}`,
      atMs,
      ...(token === undefined ? {} : { token }),
    };
    const slot = this.#records.at(stack.uuid, String(stack.events).padStart(9, '0'));
    return [{ ...stack, events: stack.events + 1, lastEventAtMs: atMs }, set(slot, event)];
  }

  /**
   * A page of a stack's events, newest first.
   *
   * @param before the number of the event that the page stands before; from the newest if left out
   */
  async page(stack: Stack, before: number | undefined, limit: number): Promise<StackEvent[]> {
    const { from, to } = under(key('cloudformation', 'event', stack.uuid));
    const end = before === undefined ? to : this.#at(stack, before).key;
    const entries = await this.#store.range({ from, to: end, reverse: true, limit });
    return entries.map(({ value }) => described(stack, this.#at(stack, 0).decode(value)));
  }

  #at(stack: Stack, number: number) {
    return this.#records.at(stack.uuid, String(number).padStart(9, '0'));
  }
}

function described(stack: Stack, event: RecordedEvent): StackEvent {
  return {
    StackId: stack.id,
    EventId: event.id,
    StackName: stack.name,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId ?? '',
    ResourceType: event.type,
    Timestamp: new Date(event.atMs),
    ResourceStatus: event.status as StackEvent['ResourceStatus'],
    ResourceStatusReason: event.reason,
    ResourceProperties: event.properties,
    ClientRequestToken: event.token,
  };
}
