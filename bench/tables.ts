import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from './connection.ts';
import { sendAll } from './load.ts';
import { prepare, type Prepared } from './sign.ts';

export const plainTable = 'bench';
/** The same items in a table with the index `by-shelf`. */
export const indexedTable = 'bench-indexed';
export const partitions = 40;
const itemsAPartition = 50;
export const itemCount = partitions * itemsAPartition;
/** Text that brings an item to a kilobyte. */
const fillerLength = 940;

export function keyAt(n: number) {
  const sort = Math.floor(n / partitions) % itemsAPartition;
  return {
    pk: { S: `partition ${n % partitions}` },
    sk: { S: `item ${String(sort).padStart(4, '0')}` },
  };
}

let writes = 0;

/** Never the same twice: some engines skip the commit of what does not change. */
export function nextCount(): string {
  return String(writes++);
}

export function itemAt(n: number) {
  return {
    ...keyAt(n),
    shelf: { S: `shelf ${n % partitions}` },
    count: { N: nextCount() },
    text: { S: 'x'.repeat(fillerLength) },
  };
}

export function listTables(port: number): Prepared {
  return prepare(port, 'ListTables', {});
}

/** Creates the tables, with and without an index, and puts the items that are read later. */
export async function fill(port: number): Promise<void> {
  await create(port, plainTable, []);
  await create(port, indexedTable, ['shelf']);
  for (const TableName of [plainTable, indexedTable]) {
    const items = Array.from({ length: itemCount }, (_, n) => itemAt(n));
    await sendAll(
      port,
      items.map((Item) => prepare(port, 'PutItem', { TableName, Item })),
    );
  }
}

/** Creates a table and waits until it can be used. @param indexKeys each the hash key of an index */
export async function create(
  port: number,
  TableName: string,
  indexKeys: readonly string[],
): Promise<void> {
  const attribute = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
  const keySchema = (...names: string[]) =>
    names.map((AttributeName, at) => ({ AttributeName, KeyType: at === 0 ? 'HASH' : 'RANGE' }));
  const indexes = indexKeys.map((name) => ({
    IndexName: `by-${name}`,
    KeySchema: keySchema(name, 'sk'),
    Projection: { ProjectionType: 'ALL' },
  }));
  const table = {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk', ...indexKeys].map(attribute),
    KeySchema: keySchema('pk', 'sk'),
    ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
  };
  await sendAll(port, [prepare(port, 'CreateTable', table)]);
  const connection = await Connection.open(port);
  for (;;) {
    const { body } = await connection.send(prepare(port, 'DescribeTable', { TableName }));
    if (!/"(?:Table|Index)Status":"(?!ACTIVE)/.test(body.toString())) break;
    await sleep(20);
  }
  connection.close();
}
