import type { TimeToLiveSpecification } from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../../kernel/aws-error.ts';
import type { Caller } from '../../../kernel/caller.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Controller } from '../../../kernel/service.ts';
import type { Engine, Key } from '../../../storage/engine.ts';
import { Records, clear, set, transact } from '../../../storage/records.ts';
import type { Workflow, Workflows } from '../../../workflows/workflows.ts';
import { tableNotFound } from '../errors.ts';
import {
  tableInUse,
  timeToLiveModifiedTooOften,
  timeToLiveOnOtherAttribute,
  timeToLiveUnchanged,
} from '../table-errors.ts';
import {
  changeExpiry,
  expiredAt,
  expiriesOf,
  expiryOf,
  hasExpired,
  itemOfEntry,
} from './expiry.ts';
import type { ItemChange, ItemWrites } from './item-writes.ts';
import { itemsOf } from './keys.ts';
import { beyond, startingWith } from './pages.ts';
import { periodic } from './periodic.ts';
import { batchesIn } from './batches.ts';
import { purge } from './purge.ts';
import { changeTogether, isGlobal2019, ownerOf } from './replicas.ts';
import { StoredItem } from './stored-item.ts';
import type { Table, TimeToLive } from './table.ts';
import type { Tables } from './tables.ts';

type Owner = Pick<Caller, 'account' | 'region'>;

/** Which table it is about: the ID tells it from a later one of the same name. */
interface TablePlace {
  readonly owner: Owner;
  readonly name: string;
  readonly id: string;
}

interface Parts {
  readonly store: Engine;
  readonly clock: Clock;
  readonly log: Log;
  readonly tables: Tables;
  readonly items: ItemWrites;
  readonly workflows: Workflows;
}

/** AWS takes up to days; here items go within a minute of their second. */
const EVERY_MS = 60 * 1000;
/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html */
const FIXED_INTERVAL_MS = 60 * 60 * 1000;
/** Items deleted in one step. */
const BATCH = 50;

/** Turns time to live on and off, and deletes what has expired. */
export class TimeToLiveControl {
  readonly enabling: Workflow<TablePlace>;
  readonly disabling: Workflow<TablePlace>;
  /** Deletes what has expired. */
  readonly controller: Controller;
  readonly #parts: Parts;
  /** The tables to be swept, by ID. */
  readonly #swept: Records<TablePlace>;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#swept = new Records<TablePlace>(parts.store, 'dynamodb', 'time-to-live');
    this.enabling = {
      name: 'dynamodb:EnableTimeToLive',
      steps: [
        { name: 'order items by expiry', run: (place, signal) => this.#fill(place, signal) },
        { name: 'enable', run: (place) => this.#settle(place, 'ENABLED') },
      ],
    };
    this.disabling = {
      name: 'dynamodb:DisableTimeToLive',
      steps: [
        {
          name: 'forget expiries',
          run: ({ id }, signal) => purge(parts.store, startingWith(expiriesOf(id)), signal),
        },
        { name: 'disable', run: (place) => this.#settle(place, 'DISABLED') },
      ],
    };
    this.controller = periodic(
      { name: 'dynamodb:time-to-live', everyMs: EVERY_MS, ...parts },
      async (signal) => {
        for await (const place of this.#swept.scan()) await this.#sweep(place, signal);
      },
    );
  }

  /** Records that time to live is to be turned on or off, in all replicas, and orders it. */
  async update(owner: Owner, name: string, asked: TimeToLiveSpecification): Promise<void> {
    const { tables, clock, workflows } = this.#parts;
    const workflow = asked.Enabled ? this.enabling : this.disabling;
    let starts: readonly string[] = [];
    await changeTogether(tables, owner, name, [], (standing) => {
      const table = standing[0]!.table;
      if (!table) throw tableNotFound(name);
      if (table.status === 'CREATING') throw tableInUse(name, 'created');
      if (table.status === 'DELETING') throw tableInUse(name, 'deleted');
      const timeToLive = changed(table.timeToLive, asked, clock.now());
      const concerned = standing.map((its) =>
        its.table === table || isGlobal2019(table) ? its.table : undefined,
      );
      starts = concerned.flatMap((its) => (its ? [its.id] : []));
      return {
        tables: standing.map((its, at) =>
          concerned[at] ? { ...concerned[at], timeToLive } : its.table,
        ),
        writes: concerned.flatMap((its) =>
          its ? [workflows.order(workflow, its.id, placeOf(its))] : [],
        ),
      };
    });
    for (const id of starts) workflows.start(workflow, id);
  }

  /** Turns it on in a replica that joins a table where it is on. */
  async join(replica: Table, { attribute }: TimeToLive): Promise<void> {
    const { tables, clock, workflows } = this.#parts;
    const place = placeOf(replica);
    await tables.change(place.owner, place.name, (table) => {
      if (table?.id !== place.id || table.timeToLive) return { table };
      const timeToLive = { attribute, status: 'ENABLING' as const, changedAtMs: clock.now() };
      const order = workflows.order(this.enabling, place.id, place);
      return { table: { ...table, timeToLive }, writes: [order] };
    });
    workflows.start(this.enabling, place.id);
  }

  /** Items that are written meanwhile are ordered as they are written. */
  async #fill({ owner, name, id }: TablePlace, signal: AbortSignal): Promise<void> {
    const { store, tables } = this.#parts;
    const table = await tables.find(owner, name);
    const expiry = table?.id === id ? expiryOf(table) : undefined;
    if (!expiry) return;
    for await (const entries of batchesIn(store, startingWith(itemsOf(id)), { signal })) {
      const keys = entries.map(({ key }) => key);
      await store.transact(keys, (values) => ({
        writes: values.flatMap((value, at) =>
          value ? changeExpiry(expiry, keys[at]!, undefined, new StoredItem(value)) : [],
        ),
        result: undefined,
      }));
    }
  }

  async #settle(place: TablePlace, status: 'ENABLED' | 'DISABLED'): Promise<void> {
    const { owner, name, id } = place;
    const slot = this.#swept.at(id);
    await this.#parts.tables.change(owner, name, (table) => {
      if (table?.id !== id || !table.timeToLive) return { table };
      return {
        table: { ...table, timeToLive: { ...table.timeToLive, status } },
        writes: [status === 'ENABLED' ? set(slot, place) : clear(slot)],
      };
    });
  }

  async #sweep({ owner, name, id }: TablePlace, signal: AbortSignal): Promise<void> {
    const { store, clock, tables } = this.#parts;
    const table = await tables.find(owner, name);
    if (table?.id !== id) {
      const slot = this.#swept.at(id);
      return transact(store, [], () => ({ writes: [clear(slot)], result: undefined }));
    }
    let rest = expiredAt(id, clock.now());
    while (!signal.aborted) {
      const entries = await store.range({ ...rest, limit: BATCH });
      const last = entries.at(-1);
      if (!last) return;
      await this.#expire(
        table,
        owner,
        entries.map(({ key }) => itemOfEntry(id, key)),
      );
      rest = beyond(rest, last.key, false);
    }
  }

  /** Deletes the items at these places that still have expired then. */
  async #expire(table: Table, owner: Owner, places: readonly Key[]): Promise<void> {
    const { items, clock } = this.#parts;
    const deletion = (place: Key): ItemChange => ({
      table: table.name,
      locate: () => place,
      next(standing, { expiry }) {
        const goes = standing && expiry && hasExpired(expiry, standing.item, clock.now());
        return goes ? undefined : standing;
      },
    });
    try {
      await items.changeAll(owner, places.map(deletion), { author: 'time-to-live' });
    } catch (error) {
      // the table has been deleted meanwhile
      if (!(error instanceof AwsError && error.code === 'ResourceNotFoundException')) throw error;
    }
  }
}

function placeOf(table: Table): TablePlace {
  return { owner: ownerOf(table), name: table.name, id: table.id };
}

/** The setting that a request leads to; refuses one that AWS would. */
function changed(
  standing: TimeToLive | undefined,
  { Enabled: enabled, AttributeName: attribute }: TimeToLiveSpecification,
  nowMs: number,
): TimeToLive {
  const isOn = standing?.status === 'ENABLED' || standing?.status === 'ENABLING';
  if (isOn && standing.attribute !== attribute) {
    throw timeToLiveOnOtherAttribute(standing.attribute);
  }
  if (isOn === enabled) throw timeToLiveUnchanged(isOn);
  if (standing && nowMs < standing.changedAtMs + FIXED_INTERVAL_MS) {
    throw timeToLiveModifiedTooOften();
  }
  return {
    attribute: attribute!,
    status: enabled ? 'ENABLING' : 'DISABLING',
    changedAtMs: nowMs,
  };
}
