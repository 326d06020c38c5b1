import type { ReplicaUpdate } from '@aws-sdk/client-dynamodb';
import type { Clock } from '../../../kernel/clock.ts';
import type { Ids } from '../../../kernel/ids.ts';
import type { Engine, Write } from '../../../storage/engine.ts';
import type { Workflow, Workflows } from '../../../workflows/workflows.ts';
import { validation } from '../errors.ts';
import {
  oldGlobalTableExists,
  oldGlobalTableNotFound,
  oldReplicaExists,
  oldReplicaNotFound,
  tableToJoinNotEmpty,
  tableToJoinNotFound,
} from '../table-errors.ts';
import { checkAlike, checkFitToJoin } from './joining-tables.ts';
import { headKey, storedHead } from './journal.ts';
import { itemsOf } from './keys.ts';
import { startingWith } from './pages.ts';
import { cursorKey, ownerOf, replicaOf, writeCursor } from './replicas.ts';
import type { GlobalTable2017, Table } from './table.ts';
import type { StandingTable, TableChanges, Tables } from './tables.ts';

/** Which global table: it is the same from every region of the account. */
export interface GlobalTableName {
  readonly account: string;
  readonly name: string;
}

/** A global table and its replicas in the order of their regions. */
export interface GlobalTableGroup extends GlobalTableName, GlobalTable2017 {
  readonly tables: readonly Table[];
}

/** Regions in which a replica comes and goes. */
interface Regrouping {
  readonly joining: readonly string[];
  readonly leaving: readonly string[];
}

interface Parts {
  readonly store: Engine;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly tables: Tables;
  readonly workflows: Workflows;
}

/**
 * Global tables of version 2017.11.29: tables that stand already and are empty are tied together.
 * Items replicate as in the later version; settings stay each table's own.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables.V1.html
 */
export class GlobalTables2017 {
  readonly workflow: Workflow<GlobalTableName>;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.workflow = {
      name: 'dynamodb:RegroupGlobalTable',
      steps: [{ name: 'activate', run: (name) => this.#activate(name) }],
    };
  }

  /** An account's, in the order of their names. */
  async list(account: string): Promise<readonly GlobalTableGroup[]> {
    const members: Table[] = [];
    for await (const table of this.#parts.tables.everywhere()) {
      if (table.globalTable2017 && ownerOf(table).account === account) members.push(table);
    }
    members.sort((one, other) => (one.arn < other.arn ? -1 : 1));
    const names = [...new Set(members.map(({ name }) => name))].toSorted();
    return names.map((name) => {
      const tables = members.filter((table) => table.name === name);
      return { account, name, ...tables[0]!.globalTable2017!, tables };
    });
  }

  /** @throws GlobalTableNotFoundException */
  async describe(asked: GlobalTableName): Promise<GlobalTableGroup> {
    const group = await this.#find(asked);
    if (!group) throw oldGlobalTableNotFound(asked.name);
    return group;
  }

  /** Ties the tables of this name in these regions together. */
  async create(asked: GlobalTableName, regions: readonly string[]): Promise<GlobalTableGroup> {
    if (regions.length === 0) throw validation('ReplicationGroup must name at least one region');
    checkDistinct(regions);
    const createdAtMs = this.#parts.clock.now();
    return await this.#regroup(asked, { joining: regions, leaving: [] }, (standing) => {
      if (standing) throw oldGlobalTableExists(asked.name);
      return { createdAtMs, status: 'CREATING' };
    });
  }

  /** Lets replicas join and leave; with the last that leaves the global table is gone. */
  async update(
    asked: GlobalTableName,
    updates: readonly ReplicaUpdate[],
  ): Promise<GlobalTableGroup> {
    const joining = updates.flatMap(({ Create }) => (Create ? [Create.RegionName!] : []));
    const leaving = updates.flatMap(({ Delete }) => (Delete ? [Delete.RegionName!] : []));
    if (joining.length + leaving.length === 0) {
      throw validation('ReplicaUpdates must name at least one replica to create or to delete');
    }
    checkDistinct([...joining, ...leaving]);
    return await this.#regroup(asked, { joining, leaving }, (standing) => {
      if (!standing) throw oldGlobalTableNotFound(asked.name);
      const regions = standing.tables.map((table) => ownerOf(table).region);
      const known = joining.find((region) => regions.includes(region));
      if (known !== undefined) throw oldReplicaExists(asked.name, known);
      const strange = leaving.find((region) => !regions.includes(region));
      if (strange !== undefined) throw oldReplicaNotFound(asked.name, strange);
      return { createdAtMs: standing.createdAtMs, status: 'UPDATING' };
    });
  }

  async #find({ account, name }: GlobalTableName): Promise<GlobalTableGroup | undefined> {
    return (await this.list(account)).find((group) => group.name === name);
  }

  /** @param accept what it is while it changes, from what it is now; it throws to refuse */
  async #regroup(
    { account, name }: GlobalTableName,
    regrouping: Regrouping,
    accept: (standing: GlobalTableGroup | undefined) => GlobalTable2017,
  ): Promise<GlobalTableGroup> {
    const { ids, tables, workflows } = this.#parts;
    const { joining, leaving } = regrouping;
    for (;;) {
      const standing = await this.#find({ account, name });
      const next = accept(standing);
      const there = (standing?.tables ?? []).map((table) => ownerOf(table).region);
      const regions = [...there, ...joining].toSorted();
      const places = regions.map((region) => ({ owner: { account, region }, name }));
      const before = await Promise.all(places.map((place) => tables.find(place.owner, name)));
      regions.forEach((region, at) => {
        if (!before[at]) throw tableToJoinNotFound(name, region);
        if (joining.includes(region)) checkFitToJoin(before[at], region);
      });
      const members = before.map((table) => table!);
      const heads = joining.length > 0 ? await this.#headsOfEmpty(members) : undefined;
      if (heads) checkAlike(members);
      const id = ids.uuid();
      let isStale = false;
      const changed = await tables.changeAll(places, (now) => {
        isStale = now.some(({ table, head }, at) => {
          const isRegrouped = groupingOf(table) !== groupingOf(members[at]);
          return isRegrouped || (heads !== undefined && storedHead(head) !== heads[at]);
        });
        if (isStale) return { tables: now.map(({ table }) => table), writes: [] };
        const { tables: regrouped, writes } = regroup(now, regrouping, next);
        return {
          tables: regrouped,
          writes: [...writes, workflows.order(this.workflow, id, { account, name })],
        };
      });
      if (isStale) continue;
      workflows.start(this.workflow, id);
      const stay = changed.flatMap((table) => (table?.globalTable2017 ? [table] : []));
      const isGone = stay.length === 0 && leaving.length > 0;
      return { account, name, ...next, ...(isGone && { status: 'DELETING' }), tables: stay };
    }
  }

  /**
   * Where the journals of tables stand that have no items: as long as they stand there, none come.
   *
   * @throws ValidationException where there are items
   */
  async #headsOfEmpty(members: readonly Table[]): Promise<readonly number[]> {
    const { store } = this.#parts;
    return await Promise.all(
      members.map(async (table) => {
        const head = storedHead(await store.get(headKey(table.id)));
        const [item] = await store.range({ ...startingWith(itemsOf(table.id)), limit: 1 });
        if (item) throw tableToJoinNotEmpty(table.name, ownerOf(table).region);
        return head;
      }),
    );
  }

  async #activate(asked: GlobalTableName): Promise<void> {
    for (const member of (await this.#find(asked))?.tables ?? []) {
      await this.#parts.tables.change(ownerOf(member), asked.name, (table) => ({
        table: table?.globalTable2017
          ? { ...table, globalTable2017: { ...table.globalTable2017, status: 'ACTIVE' } }
          : table,
      }));
    }
  }
}

/** The tables as they know of each other from now on; nothing that stands is given to others. */
function regroup(
  standing: readonly StandingTable[],
  { joining, leaving }: Regrouping,
  next: GlobalTable2017,
): TableChanges {
  const all = standing.map(({ table, head }) => {
    const { region } = ownerOf(table!);
    const [isNew, leaves] = [joining.includes(region), leaving.includes(region)];
    return { table: table!, head: storedHead(head), isNew, leaves };
  });
  const tables = all.map(({ table, leaves }): Table => {
    const { replicas: _replicas, globalTable2017: _group, ...alone } = table;
    if (leaves) return alone;
    const others = all.filter((one) => !one.leaves && one.table !== table);
    const replicas = others.map((one) => replicaOf(one.table));
    return { ...alone, globalTable2017: next, ...(replicas.length > 0 && { replicas }) };
  });
  const writes = all.flatMap((from) =>
    all.flatMap((to): Write[] => {
      if (from === to) return [];
      const [fromId, toId] = [from.table.id, to.table.id];
      if (from.leaves || to.leaves) return [{ key: cursorKey(fromId, toId), value: undefined }];
      return from.isNew || to.isNew ? [writeCursor(fromId, toId, from.head)] : [];
    }),
  );
  return { tables, writes };
}

/** Tells a table from another one of its name, and from itself among other replicas. */
function groupingOf(table: Table | undefined): string {
  const { id = '', replicas = [], globalTable2017: group } = table ?? {};
  return [id, group ? 'grouped' : 'alone', ...replicas.map(({ region }) => region)].join();
}

function checkDistinct(regions: readonly string[]): void {
  const twice = regions.find((region, at) => regions.indexOf(region) !== at);
  if (twice === undefined) return;
  throw validation(`The same region must not be named more than once: ${twice}`);
}
