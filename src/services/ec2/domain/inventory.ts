import type { AwsError } from '../../../kernel/aws-error.ts';
import type { Engine, Write } from '../../../storage/engine.ts';
import { Records, clear, set, transact, type Slot } from '../../../storage/records.ts';
import * as errors from '../errors.ts';
import { clientTokenOf, type Repeatable } from './client-token.ts';
import type { Place } from './place.ts';
import { checkIds, type ResourceKind } from './resource-kinds.ts';
import type { Tags } from './tags.ts';

/** What an inventory must know of its records. */
export interface Stocked<T> {
  readonly kind: ResourceKind;
  readonly id: (record: T) => string;
  /** Where no two have the same name: the name, and what AWS says of one that is taken. */
  readonly unique?: {
    readonly name: (record: T) => string;
    readonly taken: (name: string) => AwsError;
  };
}

/** What a request with a client token made. */
interface Made {
  readonly request: string;
  readonly ids: readonly string[];
}

/** No resource has a longer name. */
const MAX_NAME_LENGTH = 255;

/**
 * Resources of one kind that depend on nothing around them: each is made, changed and removed by
 * itself, in one durable step with its tags, its name and its client token.
 */
export class Inventory<T extends object> {
  readonly #store: Engine;
  readonly #tags: Tags;
  readonly #what: Stocked<T>;
  readonly #records: Records<T>;
  readonly #names: Records<{ readonly id: string }>;
  readonly #tokens: Records<Made>;

  constructor(store: Engine, tags: Tags, what: Stocked<T>) {
    this.#store = store;
    this.#tags = tags;
    this.#what = what;
    this.#records = new Records(store, 'ec2', what.kind.type);
    this.#names = new Records(store, 'ec2', `${what.kind.type}-name`);
    this.#tokens = new Records(store, 'ec2', `${what.kind.type}-token`);
  }

  get kind(): ResourceKind {
    return this.#what.kind;
  }

  at({ account, region }: Place, id: string): Slot<T> {
    return this.#records.at(account, region, id);
  }

  list({ account, region }: Place): Promise<readonly T[]> {
    return this.#records.list(account, region);
  }

  /** Every account's and region's, for controllers. */
  everywhere(): AsyncGenerator<T> {
    return this.#records.scan();
  }

  get({ account, region }: Place, id: string): Promise<T | undefined> {
    return this.#records.get(account, region, id);
  }

  /** @throws the kind's `.Malformed` and `.NotFound` */
  async find(place: Place, id: string): Promise<T> {
    checkIds(this.kind, [id]);
    const record = await this.get(place, id);
    if (!record) throw this.kind.notFound([id]);
    return record;
  }

  async named(place: Place, name: string): Promise<T | undefined> {
    if (name.length > MAX_NAME_LENGTH) return undefined;
    const entry = await this.#names.get(place.account, place.region, name);
    return entry && this.get(place, entry.id);
  }

  /**
   * Adds what one request makes, or finds what an earlier one with the same token made.
   *
   * @param further what is written along with them
   * @throws IdempotentParameterMismatch, and where a name is taken what AWS says of that
   */
  async create(
    place: Place,
    request: Repeatable,
    records: readonly T[],
    tags: Readonly<Record<string, string>>,
    further: readonly Write[] = [],
  ): Promise<T[]> {
    const asked = clientTokenOf(request);
    const token = this.#tokens.at(place.account, place.region, asked?.token ?? '');
    const writes = [...records.flatMap((each) => this.#writes(place, each, tags)), ...further];
    const { unique, id } = this.#what;
    const names = unique ? records.map((each) => unique.name(each)) : [];
    const slots = names.map((name) => this.#names.at(place.account, place.region, name));
    for (;;) {
      const before = await transact(this.#store, [token, ...slots], (made, ...taken) => {
        if (asked && made) {
          if (made.request !== asked.request) throw errors.idempotentMismatch();
          return { writes: [], result: made };
        }
        const at = taken.findIndex((each) => each !== undefined);
        if (at >= 0) throw unique!.taken(names[at]!);
        const mark = asked && { request: asked.request, ids: records.map((each) => id(each)) };
        return { writes: mark ? [...writes, set(token, mark)] : writes, result: undefined };
      });
      if (!before) return [...records];
      const found = await Promise.all(before.ids.map((each) => this.get(place, each)));
      const standing = found.filter((each) => each !== undefined);
      if (standing.length > 0) return standing;
      // What it had made is gone: the token is free again.
      await transact(this.#store, [token], (made) => ({
        writes: made?.ids[0] === before.ids[0] ? [clear(token)] : [],
        result: undefined,
      }));
    }
  }

  /**
   * Changes one in one durable step; resolves to it as it is afterwards.
   *
   * @throws the kind's `.NotFound`, and what `change` throws
   */
  update(place: Place, id: string, change: (record: T) => T): Promise<T> {
    const slot = this.at(place, id);
    return transact(this.#store, [slot], (record) => {
      if (!record) throw this.kind.notFound([id]);
      const changed = change(record);
      return { writes: [set(slot, changed)], result: changed };
    });
  }

  /**
   * Removes one, as it is when that happens.
   *
   * @param further what is written along with it
   * @throws the kind's `.NotFound`, and what `further` throws
   */
  remove(place: Place, id: string, further?: (record: T) => readonly Write[]): Promise<T> {
    const slot = this.at(place, id);
    return transact(this.#store, [slot], (record) => {
      if (!record) throw this.kind.notFound([id]);
      const name = this.#what.unique?.name(record);
      const writes = [clear(slot), this.#tags.remove(place, id), ...(further?.(record) ?? [])];
      if (name !== undefined) writes.push(clear(this.#names.at(place.account, place.region, name)));
      return { writes, result: record };
    });
  }

  #writes(place: Place, record: T, tags: Readonly<Record<string, string>>): Write[] {
    const { id: idOf, unique, kind } = this.#what;
    const id = idOf(record);
    const { account, region } = place;
    return [
      set(this.at(place, id), record),
      ...this.#tags.put(place, kind, id, tags),
      ...(unique ? [set(this.#names.at(account, region, unique.name(record)), { id })] : []),
    ];
  }
}
