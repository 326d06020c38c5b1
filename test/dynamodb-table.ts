import {
  type AttributeValue,
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  type ScalarAttributeType,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import { startTestCloud, type TestCloud } from './cloud.ts';
import type { TestOptions } from './cloud.ts';
import { dynamodb } from '../src/services/dynamodb/service.ts';

/** A cloud of a test's own with a table in it, ready for use. */
export interface TestTable extends AsyncDisposable {
  readonly cloud: TestCloud;
  readonly client: DynamoDBClient;
  readonly TableName: string;
}

/** @param rangeType gives the table a sort key `sk` beside its partition key `pk`, a string */
export async function startTestTable(
  rangeType?: ScalarAttributeType,
  options: TestOptions = {},
): Promise<TestTable> {
  const cloud = await startTestCloud({ services: [dynamodb], ...options });
  const client = cloud.client(DynamoDBClient);
  await client.send(new CreateTableCommand(onDemand('orders', rangeType)));
  await cloud.inside.workflows.settled();
  return {
    cloud,
    client,
    TableName: 'orders',
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
}

/** What creates an on-demand table with keys `pk` (a string) and, if it has a type, `sk`. */
export function onDemand(
  TableName: string,
  rangeType?: ScalarAttributeType,
): CreateTableCommandInput {
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      ...(rangeType ? [{ AttributeName: 'sk', AttributeType: rangeType }] : []),
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      ...(rangeType ? [{ AttributeName: 'sk', KeyType: 'RANGE' as const }] : []),
    ],
  };
}

/** All items of a table, by their partition keys. */
export async function itemsIn(
  client: DynamoDBClient,
  TableName: string,
): Promise<Record<string, AttributeValue>[]> {
  const items: Record<string, AttributeValue>[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName })) items.push(...Items);
  return items.toSorted((one, other) => (`${one['pk']?.S}` < `${other['pk']?.S}` ? -1 : 1));
}
