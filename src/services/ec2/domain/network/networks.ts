import { InTurn } from '../../../../compute/in-turn.ts';
import type { Ids } from '../../../../kernel/ids.ts';
import type { Engine, Value } from '../../../../storage/engine.ts';
import { Records, set, type Slot } from '../../../../storage/records.ts';
import type { Place } from '../place.ts';
import type { Tags } from '../tags.ts';
import { drawDefaultNetwork } from './default-network.ts';
import { NetworkDraft } from './network-draft.ts';
import type { PutToUse } from './put-to-use.ts';
import type { NetworkType, Recorded } from './recorded.ts';

/** What a draft had read was changed before it could be committed. */
class Overtaken extends Error {}

const ATTEMPTS = 50;

/** How often the networks of a place were changed. */
interface Revision {
  readonly revision: number;
  /** Whether the region's default network was made; deleted, it does not come again by itself. */
  readonly hasDefault: boolean;
}

const NO_REVISION: Revision = { revision: 0, hasDefault: false };

/** Networks by account and region. A region's default network is made durable when first needed. */
export class Networks {
  readonly #store: Engine;
  readonly #ids: Ids;
  readonly #tags: Tags;
  readonly #revisions: Records<Revision>;
  readonly #byType = new Map<NetworkType, Records<unknown>>();
  readonly #known = new Set<string>();
  readonly #inTurn = new InTurn();

  constructor(store: Engine, ids: Ids, tags: Tags) {
    this.#store = store;
    this.#ids = ids;
    this.#tags = tags;
    this.#revisions = new Records(store, 'ec2', 'networks');
  }

  /** Everything of one kind, the default network's included. */
  async list<Type extends NetworkType>(
    type: Type,
    place: Place,
  ): Promise<readonly Recorded[Type][]> {
    await this.#ensureDefault(place);
    return this.#records(type).list(place.account, place.region);
  }

  async get<Type extends NetworkType>(
    type: Type,
    place: Place,
    id: string,
  ): Promise<Recorded[Type] | undefined> {
    await this.#ensureDefault(place);
    return this.#records(type).get(place.account, place.region, id);
  }

  /** The place of one record, to be named in `transact`. */
  at<Type extends NetworkType>(
    type: Type,
    { account, region }: Place,
    id: string,
  ): Slot<Recorded[Type]> {
    return this.#records(type).at(account, region, id);
  }

  /**
   * Changes the networks of a place in one durable step: what `edit` draws is committed if nobody
   * changed what it saw, and else drawn again. What it throws while it saw things as they are is
   * the answer, and nothing is written.
   */
  async change<Result>(
    place: Place,
    edit: (draft: NetworkDraft) => Promise<Result>,
  ): Promise<Result> {
    await this.#ensureDefault(place);
    return this.#commit(place, (draft) => edit(draft));
  }

  /**
   * For transactions of others that change records which drafts may have read: what is being drawn is
   * drawn anew.
   */
  overtakeDrafts(place: Place): PutToUse {
    const slot = this.#revisions.at(place.account, place.region);
    return {
      slots: [slot],
      writes: ([found]) => {
        const { revision, hasDefault } = (found as Revision | undefined) ?? NO_REVISION;
        return [set(slot, { revision: revision + 1, hasDefault })];
      },
    };
  }

  /** One after the other in this process, so that drafts are overtaken by other processes only. */
  #commit<Result>(
    place: Place,
    edit: (draft: NetworkDraft, before: Revision) => Promise<Result>,
  ): Promise<Result> {
    const name = `${place.account}/${place.region}`;
    return this.#inTurn.run(name, () => this.#tryCommit(place, edit));
  }

  async #tryCommit<Result>(
    place: Place,
    edit: (draft: NetworkDraft, before: Revision) => Promise<Result>,
  ): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      const draft = this.#draft(place);
      const slot = this.#revisions.at(place.account, place.region);
      const before = (await draft.read(slot)) ?? NO_REVISION;
      let result: Result | undefined;
      let refusal: unknown;
      try {
        result = await edit(draft, before);
      } catch (error) {
        refusal = error;
      }
      const after = { revision: before.revision + 1, hasDefault: true };
      const writes =
        refusal || draft.writes.length === 0 ? [] : [...draft.writes, set(slot, after)];
      try {
        await this.#store.transact(
          draft.guards.map(({ key }) => key),
          (values) => {
            if (draft.guards.some(({ value }, at) => !same(value, values[at])))
              throw new Overtaken();
            return { writes, result: undefined };
          },
        );
      } catch (error) {
        if (!(error instanceof Overtaken) || attempt === ATTEMPTS) throw error;
        continue;
      }
      if (refusal) throw refusal;
      return result as Result;
    }
  }

  #draft(place: Place): NetworkDraft {
    const { account, region } = place;
    return new NetworkDraft({
      place,
      tags: this.#tags,
      list: async (type) => [...(await this.#records(type).list(account, region))],
      at: (type, id) => this.at(type, place, id),
      raw: (key) => this.#store.get(key),
    });
  }

  #records<Type extends NetworkType>(type: Type): Records<Recorded[Type]> {
    let records = this.#byType.get(type);
    if (!records) {
      records = new Records(this.#store, 'ec2', type);
      this.#byType.set(type, records);
    }
    return records as Records<Recorded[Type]>;
  }

  async #ensureDefault(place: Place): Promise<void> {
    const name = `${place.account}/${place.region}`;
    if (this.#known.has(name)) return;
    await this.#commit(place, async (draft, { hasDefault }) => {
      if (!hasDefault) await drawDefaultNetwork({ draft, place, ids: this.#ids });
    });
    this.#known.add(name);
  }
}

function same(one: Value | undefined, other: Value | undefined): boolean {
  return one === other || (!!one && !!other && Buffer.compare(one, other) === 0);
}
