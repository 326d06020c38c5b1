import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  TransactionCanceledException,
  TransactionConflictException,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Call } from './checker.ts';

/** The number in each of a few items; `null` where there is no item. */
export type Numbers = readonly (number | null)[];
export const ITEMS = 3;
export const NO_ITEMS: Numbers = Array.from({ length: ITEMS }, () => null);

export interface SessionParts {
  readonly client: DynamoDBClient;
  readonly TableName: string;
  /** A whole number from 0 to below `limit`. */
  readonly random: (limit: number) => number;
  /** The next place on the time line. */
  readonly tick: () => number;
}

type Apply = Call<Numbers>['apply'];

/** One client that makes random calls on a few items and notes what it was answered. */
export class Session {
  readonly calls: Call<Numbers>[] = [];
  readonly #parts: SessionParts;
  /** What it saw last: conditions on it hold often enough. */
  readonly #seen: (number | null)[] = [...NO_ITEMS];

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  async run(count: number): Promise<void> {
    const kinds = [
      ...[() => this.#get(), () => this.#put(), () => this.#delete(), () => this.#add()],
      ...[() => this.#compareAndSet(), () => this.#move(), () => this.#guardedPuts()],
      () => this.#getAll(),
    ];
    for (let n = 0; n < count; n++) await kinds[this.#parts.random(kinds.length)]!();
  }

  /** Notes a call; `make` answers how it can have gone. */
  async #note(text: string, make: () => Promise<Apply>): Promise<void> {
    const calledAt = this.#parts.tick();
    const apply = await make();
    this.calls.push({ calledAt, answeredAt: this.#parts.tick(), text, apply });
  }

  #get(): Promise<void> {
    const at = this.#any();
    return this.#note(`get ${at}`, async () => {
      const { client, TableName } = this.#parts;
      const get = new GetItemCommand({ TableName, Key: keyOf(at), ConsistentRead: true });
      const value = this.#saw(at, (await client.send(get)).Item);
      return (state) => (state[at] === value ? state : undefined);
    });
  }

  #getAll(): Promise<void> {
    return this.#note('get all', async () => {
      const { client, TableName } = this.#parts;
      const TransactItems = NO_ITEMS.map((_, at) => ({ Get: { TableName, Key: keyOf(at) } }));
      return orRefused(
        async () => {
          const answer = await client.send(new TransactGetItemsCommand({ TransactItems }));
          const values = answer.Responses!.map(({ Item }, at) => this.#saw(at, Item));
          return (state) => (values.every((value, at) => state[at] === value) ? state : undefined);
        },
        () => false,
      );
    });
  }

  #put(): Promise<void> {
    const at = this.#any();
    const value = this.#number();
    return this.#write(`put ${value} at ${at}`, {
      send: ({ client, TableName }) =>
        client.send(new PutItemCommand({ TableName, Item: itemOf(at, value) })),
      after: (state) => state.with(at, value),
    });
  }

  #delete(): Promise<void> {
    const at = this.#any();
    return this.#write(`delete ${at}`, {
      send: ({ client, TableName }) =>
        client.send(new DeleteItemCommand({ TableName, Key: keyOf(at) })),
      after: (state) => state.with(at, null),
    });
  }

  #compareAndSet(): Promise<void> {
    const at = this.#any();
    const [expected, value] = [this.#seen[at]!, this.#number()];
    return this.#write(`put ${value} at ${at} in place of ${expected}`, {
      send: ({ client, TableName }) =>
        client.send(
          new PutItemCommand({ TableName, Item: itemOf(at, value), ...conditionOf(expected) }),
        ),
      holds: (state) => state[at] === expected,
      after: (state) => state.with(at, value),
    });
  }

  #add(): Promise<void> {
    const at = this.#any();
    return this.#note(`add 1 to ${at}`, () =>
      orRefused(
        async () => {
          const { client, TableName } = this.#parts;
          const ReturnValues = 'ALL_NEW';
          const update = new UpdateItemCommand({ TableName, ...adding(at, 1), ReturnValues });
          const value = this.#saw(at, (await client.send(update)).Attributes);
          return (state) => ((state[at] ?? 0) + 1 === value ? state.with(at, value) : undefined);
        },
        () => false,
      ),
    );
  }

  /** Takes from one item what it adds to another. */
  #move(): Promise<void> {
    const [from, to] = this.#two();
    const amount = 1 + this.#parts.random(5);
    return this.#transact(`move ${amount} from ${from} to ${to}`, {
      actions: (TableName) => [
        { Update: { TableName, ...adding(from, -amount) } },
        { Update: { TableName, ...adding(to, amount) } },
      ],
      after: (state) =>
        state.with(from, (state[from] ?? 0) - amount).with(to, (state[to] ?? 0) + amount),
    });
  }

  /** Puts one item if another and it are as they were last seen. */
  #guardedPuts(): Promise<void> {
    const [checked, at] = this.#two();
    const value = this.#number();
    const expected = [this.#seen[checked]!, this.#seen[at]!] as const;
    return this.#transact(`put ${value} at ${at} if ${checked} is ${expected[0]}`, {
      actions: (TableName) => [
        { ConditionCheck: { TableName, Key: keyOf(checked), ...conditionOf(expected[0]) } },
        { Put: { TableName, Item: itemOf(at, value), ...conditionOf(expected[1]) } },
      ],
      holds: (state) => state[checked] === expected[0] && state[at] === expected[1],
      after: (state) => state.with(at, value),
    });
  }

  #transact(
    text: string,
    {
      actions,
      ...rest
    }: Omit<Change, 'send'> & { readonly actions: (TableName: string) => TransactWriteItem[] },
  ): Promise<void> {
    return this.#write(text, {
      ...rest,
      send: ({ client, TableName }) =>
        client.send(new TransactWriteItemsCommand({ TransactItems: actions(TableName) })),
    });
  }

  #write(text: string, { send, holds = () => true, after }: Change): Promise<void> {
    return this.#note(text, () =>
      orRefused(
        async () => {
          await send(this.#parts);
          return (state) => (holds(state) ? after(state) : undefined);
        },
        (state) => !holds(state),
      ),
    );
  }

  #saw(at: number, item: Record<string, AttributeValue> | undefined): number | null {
    return (this.#seen[at] = item ? Number(item['n']?.N) : null);
  }

  #any(): number {
    return this.#parts.random(ITEMS);
  }

  #two(): [number, number] {
    const one = this.#any();
    return [one, (one + 1 + this.#parts.random(ITEMS - 1)) % ITEMS];
  }

  #number(): number {
    return this.#parts.random(1_000_000);
  }
}

interface Change {
  readonly send: (parts: SessionParts) => Promise<unknown>;
  /** Whether its conditions hold; it has none if left out. */
  readonly holds?: (state: Numbers) => boolean;
  readonly after: (state: Numbers) => Numbers;
}

/** A refused call changed nothing; one by its condition only where that did not hold. */
async function orRefused(
  make: () => Promise<Apply>,
  mayFail: (state: Numbers) => boolean,
): Promise<Apply> {
  try {
    return await make();
  } catch (error) {
    if (isConflict(error)) return (state) => state;
    if (isConditionFailure(error)) return (state) => (mayFail(state) ? state : undefined);
    throw error;
  }
}

function isConflict(error: unknown): boolean {
  return error instanceof TransactionConflictException || hasReason(error, 'TransactionConflict');
}

function isConditionFailure(error: unknown): boolean {
  return (
    error instanceof ConditionalCheckFailedException || hasReason(error, 'ConditionalCheckFailed')
  );
}

function hasReason(error: unknown, code: string): boolean {
  return (
    error instanceof TransactionCanceledException &&
    error.CancellationReasons!.some(({ Code }) => Code === code)
  );
}

function keyOf(at: number) {
  return { pk: { S: `item ${at}` } };
}

function itemOf(at: number, value: number) {
  return { ...keyOf(at), n: { N: `${value}` } };
}

function adding(at: number, amount: number) {
  return {
    Key: keyOf(at),
    UpdateExpression: 'ADD n :amount',
    ExpressionAttributeValues: { ':amount': { N: `${amount}` } },
  };
}

function conditionOf(expected: number | null) {
  if (expected === null) return { ConditionExpression: 'attribute_not_exists(n)' };
  return {
    ConditionExpression: 'n = :expected',
    ExpressionAttributeValues: { ':expected': { N: `${expected}` } },
  };
}
