import type { ReplicaDescription, TableDescription } from '@aws-sdk/client-dynamodb';
import type { Engine, Key, Value, Write } from '../../../storage/engine.ts';
import { key } from '../../../storage/keys.ts';
import type { Owner } from './backups.ts';
import { uuidBytes } from './keys.ts';
import { startingWith } from './pages.ts';
import type { Replica, Table } from './table.ts';
import { tableArn } from './table.ts';
import type { StandingTable, TableChanges, TablePlace, Tables } from './tables.ts';

/**
 * Up to where a replica has been given what happened in another, as a number in the other's
 * journal: `dynamodb` `replica-cursor` <from, table ID> <to, table ID>.
 */
const CURSORS = key('dynamodb', 'replica-cursor');

/** The cursors of all who are given what happens in this table. */
export function cursorsOf(tableId: string): Key {
  return Buffer.concat([CURSORS, uuidBytes(tableId)]);
}

export function cursorKey(fromId: string, toId: string): Key {
  return Buffer.concat([cursorsOf(fromId), uuidBytes(toId)]);
}

export function writeCursor(fromId: string, toId: string, sequence: number): Write {
  const value = Buffer.alloc(8);
  value.writeBigUInt64BE(BigInt(sequence));
  return { key: cursorKey(fromId, toId), value };
}

export function readCursor(value: Value | undefined): number {
  return value ? Number(Buffer.from(value).readBigUInt64BE()) : 0;
}

/** The first record of a table's journal that another replica may not have been given. */
export async function firstUnreplicated(store: Engine, tableId: string): Promise<number> {
  const cursors = await store.range(startingWith(cursorsOf(tableId)));
  return Math.min(...cursors.map(({ value }) => readCursor(value)));
}

/** Whose a table is, as its ARN tells it. */
export function ownerOf({ arn }: Table): Owner {
  const [, , , region, account] = arn.split(':');
  return { account: account!, region: region! };
}

/** Where a table's other replicas are recorded. */
export function placesOf({ account }: Owner, { name, replicas = [] }: Table): TablePlace[] {
  return replicas.map(({ region }) => ({ owner: { account, region }, name }));
}

/**
 * Changes a table's record together with those of its other replicas, as one step.
 *
 * @param compute gets the table first, then the others in the order of its replicas, then `more`
 */
export async function changeTogether(
  tables: Tables,
  owner: Owner,
  name: string,
  more: readonly TablePlace[],
  compute: (standing: readonly StandingTable[]) => TableChanges,
): Promise<readonly (Table | undefined)[]> {
  for (;;) {
    const known = await tables.find(owner, name);
    const places = [{ owner, name }, ...(known ? placesOf(owner, known) : []), ...more];
    let regrouped = false;
    const changed = await tables.changeAll(places, (standing) => {
      regrouped = regionsOf(standing[0]!.table) !== regionsOf(known);
      return regrouped ? unchanged(standing) : compute(standing);
    });
    if (!regrouped) return changed;
  }
}

export function unchanged(standing: readonly StandingTable[]): TableChanges {
  return { tables: standing.map(({ table }) => table), writes: [] };
}

function regionsOf({ replicas = [] }: Partial<Table> = {}): string {
  return replicas.map(({ region }) => region).join();
}

/** The table with what it knows of one of its replicas; `undefined` is that it is gone. */
export function withReplica(table: Table, tableId: string, next: Replica | undefined): Table {
  const { replicas: standing = [], ...alone } = table;
  const others = standing.filter((replica) => replica.tableId !== tableId);
  const replicas = next ? [...others, next] : others;
  return replicas.length === 0 ? alone : { ...alone, replicas };
}

/** How the others know a table that is one of several replicas. */
export function replicaOf(table: Table): Replica {
  return { region: ownerOf(table).region, tableId: table.id, status: 'ACTIVE' };
}

/** Whether it has replicas of version 2019.11.21: those have most of their settings in common. */
export function isGlobal2019({ replicas, globalTable2017 }: Table): boolean {
  return replicas !== undefined && !globalTable2017;
}

/** What a table's description says of its replicas. */
export function describeReplicas(table: Table): Partial<TableDescription> {
  const { name, replicas, globalTable2017 } = table;
  if (globalTable2017) return { GlobalTableVersion: '2017.11.29' };
  if (!replicas) return {};
  const { account } = ownerOf(table);
  return {
    GlobalTableVersion: '2019.11.21',
    Replicas: replicas.map(({ region, status }): ReplicaDescription => ({
      RegionName: region,
      ReplicaStatus: status,
      ReplicaArn: tableArn({ account, region }, name),
    })),
    MultiRegionConsistency: 'EVENTUAL',
  };
}
