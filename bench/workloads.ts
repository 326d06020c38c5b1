import { prepare, type Prepared } from './sign.ts';
import {
  indexedTable,
  itemAt,
  itemCount,
  keyAt,
  nextCount,
  partitions,
  plainTable,
} from './tables.ts';

/** An operation as it is measured. */
export interface Workload {
  readonly name: string;
  readonly connections: number;
  /** Sent in turn, over and over. */
  requests(port: number): readonly Prepared[];
}

const prepared = 2_000;
/** Requests of 25 items, of which so many hold every item of the table once. */
const preparedBatches = itemCount / 25;
const TableName = plainTable;

/** `inputOf(n)` for a number of requests; their keys go round the whole table. */
function many(operation: string, count: number, inputOf: (n: number) => object) {
  return (port: number): readonly Prepared[] =>
    Array.from({ length: count }, (_, n) => prepare(port, operation, inputOf(n)));
}

/** `count` numbers of items that no other request close by holds. */
function numbers(n: number, count: number): number[] {
  return Array.from({ length: count }, (_, at) => (n * count + at) * 7);
}

export const workloads: readonly Workload[] = [
  {
    name: 'GetItem 1 KB',
    connections: 16,
    requests: many('GetItem', prepared, (n) => ({ TableName, Key: keyAt(n * 7) })),
  },
  {
    name: 'PutItem 1 KB',
    connections: 16,
    requests: many('PutItem', prepared, (n) => ({ TableName, Item: itemAt(n * 7) })),
  },
  {
    name: 'UpdateItem 1 KB',
    connections: 16,
    requests: many('UpdateItem', prepared, (n) => ({
      TableName,
      Key: keyAt(n * 7),
      UpdateExpression: 'SET #count = #count + :one, latest = :latest',
      ExpressionAttributeNames: { '#count': 'count' },
      ExpressionAttributeValues: { ':one': { N: '1' }, ':latest': { N: nextCount() } },
    })),
  },
  {
    name: 'Query of 25',
    connections: 16,
    requests: many('Query', partitions, (n) => ({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': keyAt(n).pk },
      Limit: 25,
    })),
  },
  {
    name: 'Query of 25 on a GSI',
    connections: 16,
    requests: many('Query', partitions, (n) => ({
      TableName: indexedTable,
      IndexName: 'by-shelf',
      KeyConditionExpression: 'shelf = :shelf',
      ExpressionAttributeValues: { ':shelf': itemAt(n).shelf },
      Limit: 25,
    })),
  },
  {
    name: 'BatchGetItem 25',
    connections: 16,
    requests: many('BatchGetItem', preparedBatches, (n) => ({
      RequestItems: { [TableName]: { Keys: numbers(n, 25).map(keyAt) } },
    })),
  },
  {
    name: 'BatchWriteItem 25',
    connections: 16,
    requests: many('BatchWriteItem', preparedBatches, (n) => ({
      RequestItems: {
        [TableName]: numbers(n, 25).map((at) => ({ PutRequest: { Item: itemAt(at) } })),
      },
    })),
  },
  {
    name: 'TransactWriteItems 4',
    connections: 16,
    requests: many('TransactWriteItems', itemCount / 4, (n) => ({
      TransactItems: numbers(n, 4).map((at) => ({ Put: { TableName, Item: itemAt(at) } })),
    })),
  },
  {
    name: 'Scan page of 1 MB',
    connections: 1,
    requests: many('Scan', 1, () => ({ TableName })),
  },
];
