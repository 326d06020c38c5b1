import type { Engine } from '../../../../storage/engine.ts';
import { Records, set, transact, type Slot } from '../../../../storage/records.ts';
import type { Place } from '../place.ts';
import { checkIds, kinds } from '../resource-kinds.ts';
import { mayUse } from '../sharing.ts';
import type { Snapshot, SnapshotRef } from './snapshot.ts';

/** The snapshots of a cloud. */
export class Snapshots {
  readonly #store: Engine;
  readonly #records: Records<Snapshot>;

  constructor(store: Engine) {
    this.#store = store;
    this.#records = new Records(store, 'ec2', 'snapshot');
  }

  at({ account, region, id }: SnapshotRef): Slot<Snapshot> {
    return this.#records.at(account, region, id);
  }

  get({ account, region, id }: SnapshotRef): Promise<Snapshot | undefined> {
    return this.#records.get(account, region, id);
  }

  /** Those that an account may use in a region, its own and others. */
  async usable(place: Place): Promise<Snapshot[]> {
    const usable: Snapshot[] = [];
    for await (const snapshot of this.#records.scan()) {
      if (mayUse(snapshot, place) && snapshot.state !== 'deleting') usable.push(snapshot);
    }
    return usable;
  }

  /**
   * One that an account may use, whoever owns it.
   *
   * @throws InvalidSnapshotID.Malformed, InvalidSnapshot.NotFound
   */
  async find(id: string, place: Place): Promise<Snapshot> {
    checkIds(kinds.snapshot, [id]);
    const own = await this.get({ account: place.account, region: place.region, id });
    const found = own ?? (await this.usable(place)).find((each) => each.id === id);
    if (!found || found.state === 'deleting') throw kinds.snapshot.notFound([id]);
    return found;
  }

  /** Changes one of an account's own; @throws InvalidSnapshot.NotFound and what `change` throws */
  async change(ref: SnapshotRef, change: (now: Snapshot) => Snapshot): Promise<void> {
    checkIds(kinds.snapshot, [ref.id]);
    const slot = this.at(ref);
    await transact(this.#store, [slot], (now) => {
      if (!now || now.state === 'deleting') throw kinds.snapshot.notFound([ref.id]);
      return { writes: [set(slot, change(now))], result: undefined };
    });
  }
}
