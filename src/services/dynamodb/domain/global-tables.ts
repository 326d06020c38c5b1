import type {
  CreateReplicationGroupMemberAction,
  ReplicationGroupUpdate,
} from '@aws-sdk/client-dynamodb';
import type { Caller } from '../../../kernel/caller.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Ids } from '../../../kernel/ids.ts';
import type { Engine } from '../../../storage/engine.ts';
import type { Workflow, Workflows } from '../../../workflows/workflows.ts';
import { invalidParameters, parameterNotImplemented, tableNotFound } from '../errors.ts';
import { replicaExistsAsTable, replicasOf2017, resourceInUse } from '../table-errors.ts';
import type { Owner } from './backups.ts';
import { copyItems, copyValues } from './copy-items.ts';
import { createInputOf } from './create-input.ts';
import { openIndex } from './indexes.ts';
import { advance, nextSequence } from './journal.ts';
import { itemsOf } from './keys.ts';
import { newTable } from './new-table.ts';
import {
  changeTogether,
  ownerOf,
  placesOf,
  replicaOf,
  withReplica,
  writeCursor,
} from './replicas.ts';
import type { ChangedStream, Streams } from './streams.ts';
import { hasStream } from './streams.ts';
import { keyShape, statusOf } from './table.ts';
import type { Replica, Table } from './table.ts';
import type { TableLifecycle } from './table-lifecycle.ts';
import type { StandingTable, TableChanges, Tables } from './tables.ts';
import type { TimeToLiveControl } from './time-to-live.ts';
import { versionsOf } from './versions.ts';

interface Order {
  readonly owner: Owner;
  readonly source: Table;
  readonly region: string;
  readonly replica: Table;
}

interface Parts {
  readonly store: Engine;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly tables: Tables;
  readonly streams: Streams;
  readonly lifecycle: TableLifecycle;
  readonly timeToLive: TimeToLiveControl;
  readonly workflows: Workflows;
}

/** Gives tables replicas in other regions and takes them away. */
export class GlobalTables {
  readonly workflow: Workflow<Order>;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    const { store } = (this.#parts = parts);
    this.workflow = {
      name: 'dynamodb:CreateReplica',
      steps: [
        {
          // Before the items: so an item is never older than its version, and none is passed by.
          name: 'copy versions',
          run: ({ source, replica }, signal) =>
            copyValues(store, versionsOf(source.id), versionsOf(replica.id), signal),
        },
        {
          name: 'copy items',
          run: ({ source, replica }, signal) =>
            copyItems(store, { shape: keyShape(source) }, targetOf(replica), signal),
        },
        { name: 'join', run: (order) => this.#join(order) },
      ],
    };
  }

  /** @returns the table as the request is answered with */
  async update(
    caller: Caller,
    name: string,
    updates: readonly ReplicationGroupUpdate[],
  ): Promise<Table> {
    const [update, ...more] = updates;
    const actions = Object.keys(update ?? {});
    if (!update || actions.length !== 1 || more.length > 0) {
      throw invalidParameters('Exactly one replica action must be specified in ReplicaUpdates');
    }
    if (update.Create) return await this.#create(caller, name, update.Create);
    if (update.Delete) return await this.#delete(caller, name, update.Delete.RegionName!);
    throw parameterNotImplemented('UpdateTable', 'ReplicaUpdates.Update');
  }

  async #create(
    caller: Caller,
    name: string,
    { RegionName, ...overrides }: CreateReplicationGroupMemberAction,
  ): Promise<Table> {
    const region = RegionName!;
    for (const [parameter, value] of Object.entries(overrides)) {
      if (value === undefined) continue;
      throw parameterNotImplemented('UpdateTable', `ReplicaUpdates.Create.${parameter}`);
    }
    if (region === caller.region) throw replicaExistsAsTable(name);
    const { ids, tables, workflows } = this.#parts;
    const id = ids.uuid();
    const place = { owner: { account: caller.account, region }, name };
    const [changed] = await changeTogether(tables, caller, name, [place], (standing) => {
      const [its, ...others] = standing.slice(0, -1);
      if (!its?.table) throw tableNotFound(name);
      if (its.table.globalTable2017) throw replicasOf2017(name);
      if (standing.at(-1)!.table) throw replicaExistsAsTable(name);
      if (statusOf(its.table) !== 'ACTIVE') {
        throw resourceInUse(`Table is being updated: ${name}`);
      }
      return this.#grouped({ ...caller, region }, id, [its, ...others]);
    });
    workflows.start(this.workflow, id);
    return changed!;
  }

  /** All members learn of the new one, which begins with what will have happened in each by now. */
  #grouped(caller: Caller, id: string, members: readonly StandingTable[]): TableChanges {
    const { clock, ids, streams, workflows } = this.#parts;
    const { account, region } = caller;
    const nowMs = clock.now();
    const tables = members.map(({ table }) => table!);
    const source = tables[0]!;
    const asked = newTable(createInputOf(source, source.name), caller, { clock, ids });
    const begun = streams.begin(
      { account, region },
      {
        ...asked,
        id,
        replicas: tables.map((table) => replicaOf(table)),
      },
      'NEW_AND_OLD_IMAGES',
    );
    const joined: Replica = { region, tableId: id, status: 'CREATING' };
    const streamed = members.map(({ head }, at) =>
      this.#withStream(withReplica(tables[at]!, id, joined), head),
    );
    const owner = ownerOf(source);
    const order: Order = { owner, source, region, replica: begun.table };
    const first = nextSequence(undefined, nowMs);
    return {
      tables: [...streamed.map(({ table }) => table), begun.table],
      writes: [
        ...[begun, ...streamed].flatMap(({ writes }) => writes),
        ...members.flatMap(({ head }, at) => {
          const member = tables[at]!.id;
          const next = nextSequence(head, nowMs);
          return [
            advance(member, next),
            writeCursor(member, id, next),
            writeCursor(id, member, first),
          ];
        }),
        workflows.order(this.workflow, id, order),
      ],
    };
  }

  /** Replicas have streams, whether one was asked for or not; one that is there stays as it is. */
  #withStream(table: Table, head: StandingTable['head']): ChangedStream {
    if (hasStream(table)) return { table, writes: [] };
    return this.#parts.streams.begin(ownerOf(table), table, 'NEW_AND_OLD_IMAGES', head);
  }

  async #join({ owner, source, region, replica }: Order): Promise<void> {
    const { tables, lifecycle } = this.#parts;
    const { name, id } = replica;
    await lifecycle.activate({ owner: { account: owner.account, region }, name, id });
    const { timeToLive } = (await tables.find(owner, name)) ?? source;
    if (timeToLive?.status === 'ENABLING' || timeToLive?.status === 'ENABLED') {
      await this.#parts.timeToLive.join(replica, timeToLive);
    }
    const joined: Replica = { region, tableId: id, status: 'ACTIVE' };
    await changeTogether(tables, owner, source.name, [], (standing) => ({
      tables: standing.map(({ table }) =>
        table && table.id !== id ? withReplica(table, id, joined) : table,
      ),
      writes: [],
    }));
  }

  async #delete(caller: Caller, name: string, region: string): Promise<Table> {
    const { lifecycle, tables } = this.#parts;
    const table = await tables.describe(caller, name);
    if (table.globalTable2017) throw replicasOf2017(name);
    const place = placesOf(caller, table).find(({ owner }) => owner.region === region);
    if (!place) {
      throw invalidParameters(
        `Replica specified in the Replica Update or Replica Delete action of the request was not found: ${region}`,
      );
    }
    await lifecycle.delete(place.owner, name);
    return await tables.describe(caller, name);
  }
}

function targetOf(table: Table) {
  const indexes = (table.indexes ?? []).map((index) => openIndex(table, index));
  return { prefix: itemsOf(table.id), indexes };
}
