import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  $add,
  $append,
  $remove,
  BatchDeleteRequest,
  BatchGetCommand,
  BatchGetRequest,
  BatchPutRequest,
  BatchWriteCommand,
  ConditionCheck,
  DeleteItemCommand,
  Entity,
  GetItemCommand,
  GetTransaction,
  PutItemCommand,
  PutTransaction,
  QueryCommand,
  ScanCommand,
  Table,
  UpdateItemCommand,
  UpdateTransaction,
  executeBatchGet,
  executeBatchWrite,
  executeTransactGet,
  executeTransactWrite,
  isConditionCheckFailed,
  isTransactionCancelled,
  item,
  list,
  number,
  set,
  string,
} from 'dynamodb-toolbox';
import { expect, test } from 'vitest';
import { startTestCloud } from '../../cloud.ts';
import { createSingleTable } from './single-table.ts';

function menuIn(documentClient: DynamoDBDocumentClient) {
  const table = new Table({
    documentClient,
    name: 'toolbox',
    partitionKey: { name: 'pk', type: 'string' },
    sortKey: { name: 'sk', type: 'string' },
    indexes: {
      gsi1: {
        type: 'global',
        partitionKey: { name: 'gsi1pk', type: 'string' },
        sortKey: { name: 'gsi1sk', type: 'string' },
      },
    },
  });
  const dish = new Entity({
    name: 'Dish',
    table,
    // They would make every transaction another one, so that none could be repeated by its token.
    timestamps: false,
    schema: item({
      menu: string().key().savedAs('pk'),
      name: string().key().savedAs('sk'),
      chef: string().savedAs('gsi1pk'),
      course: string().enum('starter', 'main', 'dessert').savedAs('gsi1sk'),
      price: number(),
      note: string().optional(),
      steps: list(string()).default([]),
      allergens: set(string()).optional(),
    }),
  });
  return { table, dish };
}

test('DynamoDB-Toolbox: entities, an index, batches and transactions', async () => {
  await using cloud = await startTestCloud();
  await createSingleTable(cloud, 'toolbox');
  const documentClient = DynamoDBDocumentClient.from(cloud.client(DynamoDBClient));
  const { table, dish } = menuIn(documentClient);
  const key = { menu: 'lunch', name: 'omelette' };
  const omelette = { ...key, chef: 'ana', course: 'main', price: 9 } as const;

  const put = dish.build(PutItemCommand).item({ ...omelette, note: 'new' });
  const isNew = { condition: { attr: 'menu', exists: false } } as const;
  await put.options(isNew).send();
  const refused: unknown = await put
    .options(isNew)
    .send()
    .catch((error: unknown) => error);
  expect(isConditionCheckFailed(refused, dish)).toBe(true);
  const { Attributes } = await dish
    .build(UpdateItemCommand)
    .item({
      ...key,
      price: $add(2),
      steps: $append(['crack', 'fold']),
      allergens: $add(new Set(['egg'])),
      note: $remove(),
    })
    .options({ returnValues: 'ALL_NEW' })
    .send();
  expect(Attributes).toMatchObject({ price: 11, steps: ['crack', 'fold'] });
  expect(Attributes?.allergens).toEqual(new Set(['egg']));
  const { Item } = await dish.build(GetItemCommand).key(key).options({ consistent: true }).send();
  expect(Item).toEqual(Attributes);
  expect(Item).not.toHaveProperty('note');

  const courses = ['starter', 'main', 'dessert'] as const;
  const dinner = courses.map((course, index) => ({
    ...{ menu: 'dinner', name: `dish-${index}`, chef: 'ana' },
    ...{ course, price: index },
  }));
  await executeBatchWrite(
    table
      .build(BatchWriteCommand)
      .requests(
        ...dinner.map((one) => dish.build(BatchPutRequest).item(one)),
        dish.build(BatchDeleteRequest).key({ menu: 'dinner', name: 'none' }),
      ),
  );
  const { Responses } = await executeBatchGet(
    table
      .build(BatchGetCommand)
      .requests(
        dish.build(BatchGetRequest).key(key),
        dish.build(BatchGetRequest).key({ menu: 'dinner', name: 'dish-2' }),
        dish.build(BatchGetRequest).key({ menu: 'dinner', name: 'none' }),
      ),
  );
  expect(Responses?.[0].map((one) => one?.price)).toEqual([11, 2, undefined]);

  const byChef = await table
    .build(QueryCommand)
    .entities(dish)
    .query({ index: 'gsi1', partition: 'ana', range: { gte: 'main' } })
    .options({ filters: { Dish: { attr: 'price', lt: 10 } }, reverse: true })
    .send();
  expect(byChef.Items?.map(({ name }) => name)).toEqual(['dish-0', 'dish-1']);

  const serve = (price: number) =>
    executeTransactWrite(
      { documentClient, clientRequestToken: `served-at-${price}` },
      dish.build(ConditionCheck).key(key).condition({ attr: 'price', eq: price }),
      dish.build(UpdateTransaction).item({ menu: 'dinner', name: 'dish-0', price: $add(5) }),
      dish.build(PutTransaction).item({ ...omelette, name: 'soup' }),
    );
  await serve(11);
  await serve(11);
  const stale: unknown = await serve(10).catch((error: unknown) => error);
  if (!isTransactionCancelled(stale)) throw stale;
  const reasons = stale.CancellationReasons?.map(({ Code }) => Code);
  expect(reasons).toEqual(['ConditionalCheckFailed', 'None', 'None']);
  const read = await executeTransactGet(
    dish.build(GetTransaction).key({ menu: 'dinner', name: 'dish-0' }),
    dish.build(GetTransaction).key({ menu: 'lunch', name: 'soup' }),
  );
  expect(read.Responses?.map((one) => one.Item?.price)).toEqual([5, 9]);

  await dish.build(DeleteItemCommand).key(key).send();
  const { Count } = await table
    .build(ScanCommand)
    .entities(dish)
    .options({ select: 'COUNT' })
    .send();
  expect(Count).toBe(4);
});
