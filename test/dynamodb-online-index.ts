import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  type GlobalSecondaryIndexUpdate,
  PutItemCommand,
  ScanCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { dynamodb } from '../src/services/dynamodb/service.ts';
import { type TestOptions, startTestCloud } from './cloud.ts';
import { onDemand } from './dynamodb-table.ts';

export const TableName = 'orders';
export const byDish: GlobalSecondaryIndexUpdate = {
  Create: {
    IndexName: 'by-dish',
    KeySchema: [
      { AttributeName: 'dish', KeyType: 'HASH' },
      { AttributeName: 'price', KeyType: 'RANGE' },
    ],
    Projection: { ProjectionType: 'KEYS_ONLY' },
  },
};
export const deletion: GlobalSecondaryIndexUpdate = { Delete: { IndexName: 'by-dish' } };

/** A cloud whose table's indexes come and go, and what is sent to it. */
export async function startOnlineIndex(options: TestOptions = {}) {
  const cloud = await startTestCloud({ services: [dynamodb], ...options });
  const client = cloud.client(DynamoDBClient);
  const entries = async () =>
    (await client.send(new ScanCommand({ TableName, IndexName: 'by-dish' }))).Items!.map(
      ({ pk, price }) => `${pk!.S} ${price!.N}`,
    );
  return {
    cloud,
    client,
    settled: () => cloud.inside.workflows.settled(),
    table: async () => (await client.send(new DescribeTableCommand({ TableName }))).Table!,
    put: (pk: string, price: string, dish = 'soup') =>
      client.send(
        new PutItemCommand({
          TableName,
          Item: { pk: { S: pk }, dish: { S: dish }, price: { N: price }, note: { S: 'hot' } },
        }),
      ),
    /** The same price for each. */
    async putAll(names: readonly string[]) {
      for (let first = 0; first < names.length; first += 25) {
        const orders = names.slice(first, first + 25).map((pk) => ({
          PutRequest: { Item: { pk: { S: pk }, dish: { S: 'soup' }, price: { N: '1' } } },
        }));
        await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: orders } }));
      }
    },
    change: async (update: GlobalSecondaryIndexUpdate, attributes = 'dish:S price:N') =>
      (
        await client.send(
          new UpdateTableCommand({
            TableName,
            AttributeDefinitions: attributes.split(' ').map((text) => {
              const [AttributeName, type] = text.split(':');
              return { AttributeName, AttributeType: type as 'S' };
            }),
            GlobalSecondaryIndexUpdates: [update],
          }),
        )
      ).TableDescription!,
    /** In order. */
    entries: async () => (await entries()).toSorted(),
    async create() {
      await client.send(new CreateTableCommand(onDemand(TableName)));
      await cloud.inside.workflows.settled();
    },
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
}
