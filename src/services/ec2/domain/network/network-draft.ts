import type { Key, Value, Write } from '../../../../storage/engine.ts';
import { clear, set, type Slot } from '../../../../storage/records.ts';
import type { Place } from '../place.ts';
import { checkIds } from '../resource-kinds.ts';
import type { Tags } from '../tags.ts';
import { networkTypes, type NetworkType, type Recorded } from './recorded.ts';

/** What a draft is drawn on. */
export interface Drawing {
  readonly place: Place;
  readonly tags: Tags;
  list<Type extends NetworkType>(type: Type): Promise<Recorded[Type][]>;
  readonly at: <Type extends NetworkType>(type: Type, id: string) => Slot<Recorded[Type]>;
  raw(key: Key): Promise<Value | undefined>;
}

/** What was read, to be found unchanged when the draft is committed. */
export interface Guard {
  readonly key: Key;
  readonly value: Value | undefined;
}

/**
 * A change of networks while it is thought over: it sees everything as it is with the changes made
 * so far, and nothing is written before it is committed as a whole.
 */
export class NetworkDraft {
  readonly #drawing: Drawing;
  readonly #changed = new Map<string, { readonly type: NetworkType; readonly record: unknown }>();
  readonly #writes = new Map<string, Write>();
  readonly guards: Guard[] = [];

  constructor(drawing: Drawing) {
    this.#drawing = drawing;
  }

  /** What is to be written, each place once. */
  get writes(): Write[] {
    return [...this.#writes.values()];
  }

  /** Adds what belongs to the change and is not of the network itself. */
  write(...writes: readonly Write[]): void {
    for (const each of writes) this.#writes.set(Buffer.from(each.key).toString('latin1'), each);
  }

  async list<Type extends NetworkType>(type: Type): Promise<Recorded[Type][]> {
    const { id } = networkTypes[type];
    const before = await this.#drawing.list(type);
    const drawn = new Map(
      [...this.#changed]
        .filter(([, change]) => change.type === type)
        .map(([key, { record }]) => [key, record as Recorded[Type] | undefined]),
    );
    return [
      ...before.filter((record) => !drawn.has(id(record) ?? '')),
      ...[...drawn.values()].filter((record) => record !== undefined),
    ];
  }

  /**
   * The one with this ID.
   *
   * @throws the kind's `.Malformed` and `.NotFound`
   */
  async find<Type extends NetworkType>(type: Type, id: string): Promise<Recorded[Type]> {
    const { kind, id: idOf } = networkTypes[type];
    checkIds(kind, [id]);
    const found = (await this.list(type)).find((record) => idOf(record) === id);
    if (!found) throw kind.notFound([id]);
    return found;
  }

  /** The same of what launches change as well: the commit fails where one came in between. */
  async take<Type extends NetworkType>(type: Type, id: string): Promise<Recorded[Type]> {
    const { kind } = networkTypes[type];
    checkIds(kind, [id]);
    const found = await this.read(this.#drawing.at(type, id));
    if (!found) throw kind.notFound([id]);
    return found;
  }

  /** Those of a VPC. */
  async inVpc<Type extends NetworkType>(type: Type, vpcId: string): Promise<Recorded[Type][]> {
    const all = await this.list(type);
    return all.filter((record) => 'VpcId' in record && record.VpcId === vpcId);
  }

  put<Type extends NetworkType>(type: Type, record: Recorded[Type]): void {
    const id = networkTypes[type].id(record) ?? '';
    this.#changed.set(id, { type, record });
    this.write(set(this.#drawing.at(type, id), record));
  }

  create<Type extends NetworkType>(
    type: Type,
    record: Recorded[Type],
    tags: Readonly<Record<string, string>> = {},
  ): Recorded[Type] {
    const { kind, id } = networkTypes[type];
    const { place } = this.#drawing;
    this.put(type, record);
    this.write(...this.#drawing.tags.put(place, kind, id(record) ?? '', tags));
    return record;
  }

  remove(type: NetworkType, id: string): void {
    this.#changed.set(id, { type, record: undefined });
    const { at, tags, place } = this.#drawing;
    this.write(clear(at(type, id)), tags.remove(place, id));
  }

  /** Reads a record that is changed elsewhere too; the commit fails where it changed meanwhile. */
  async read<T>(slot: Slot<T>): Promise<T | undefined> {
    const value = await this.#drawing.raw(slot.key);
    this.guards.push({ key: slot.key, value });
    return value && slot.decode(value);
  }
}
