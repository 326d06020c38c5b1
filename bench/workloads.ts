import { prepare, type Prepared } from './sign.ts';

const TableName = 'bench';
const PARTITIONS = 40;
const ITEMS_A_PARTITION = 50;
/** Text that brings an item to a kilobyte. */
const FILLER_LENGTH = 960;
const PREPARED = 2_000;

export interface Workload {
  readonly name: string;
  readonly connections: number;
  requests(port: number): readonly Prepared[];
}

export const workloads: readonly Workload[] = [
  {
    name: 'GetItem 1 KB',
    connections: 16,
    requests: (port) =>
      Array.from({ length: PREPARED }, (_, n) =>
        prepare(port, 'GetItem', { TableName, Key: keyAt(n * 7) }),
      ),
  },
  {
    name: 'PutItem 1 KB',
    connections: 16,
    requests: (port) =>
      Array.from({ length: PREPARED }, (_, n) =>
        prepare(port, 'PutItem', { TableName, Item: itemAt(n * 7) }),
      ),
  },
  {
    name: 'Query of 25',
    connections: 16,
    requests: (port) =>
      Array.from({ length: PARTITIONS }, (_, partition) =>
        prepare(port, 'Query', {
          TableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: `partition ${partition}` } },
          Limit: 25,
        }),
      ),
  },
  {
    name: 'Scan page of 1 MB',
    connections: 1,
    requests: (port) => [prepare(port, 'Scan', { TableName })],
  },
];

export function createTable(port: number): Prepared {
  return prepare(port, 'CreateTable', {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
  });
}

export function describeTable(port: number): Prepared {
  return prepare(port, 'DescribeTable', { TableName });
}

export function listTables(port: number): Prepared {
  return prepare(port, 'ListTables', {});
}

/** Puts that fill the table. */
export function filling(port: number): readonly Prepared[] {
  return Array.from({ length: PARTITIONS * ITEMS_A_PARTITION }, (_, n) =>
    prepare(port, 'PutItem', { TableName, Item: itemAt(n) }),
  );
}

function keyAt(n: number) {
  const sort = Math.floor(n / PARTITIONS) % ITEMS_A_PARTITION;
  return {
    pk: { S: `partition ${n % PARTITIONS}` },
    sk: { S: `item ${String(sort).padStart(4, '0')}` },
  };
}

let writes = 0;

/** Never twice the same bytes: some engines skip the commit of what does not change. */
function itemAt(n: number) {
  return {
    ...keyAt(n),
    count: { N: String(writes++) },
    text: { S: 'x'.repeat(FILLER_LENGTH) },
  };
}
