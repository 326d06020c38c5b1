import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DynamoDBDocument,
  NumberValue,
  paginateQuery,
  paginateScan,
} from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { startTestCloud } from '../../cloud.ts';
import { createSingleTable } from './single-table.ts';

const TableName = 'documents';

test("the SDK's document client: values, pages, batches and transactions", async () => {
  await using cloud = await startTestCloud();
  await createSingleTable(cloud, TableName);
  const documents = DynamoDBDocument.from(cloud.client(DynamoDBClient), {
    marshallOptions: { removeUndefinedValues: true, convertEmptyValues: false },
    unmarshallOptions: { wrapNumbers: (digits) => NumberValue.from(digits) },
  });
  const Key = { pk: 'lunch', sk: 'omelette' };
  const everything = {
    ...Key,
    ...{ gsi1pk: 'ana', gsi1sk: 'omelette' },
    text: 'Gruyère 🧀',
    empty: '',
    nothing: null,
    served: true,
    bytes: new Uint8Array([0, 255]),
    tags: new Set(['egg', 'milk']),
    photos: new Set([new Uint8Array([1]), new Uint8Array([2])]),
    nested: { list: ['fold', { deep: [] }], map: {} },
  };
  const pi = '3.1415926535897932384626433832795028841';
  await documents.put({
    TableName,
    Item: { ...everything, price: NumberValue.from(pi), gone: undefined },
  });
  const { Item: { price, ...rest } = {} } = await documents.get({ TableName, Key });
  expect(String(price)).toBe(pi);
  expect(rest).toEqual(everything);

  const { Attributes } = await documents.update({
    TableName,
    Key,
    UpdateExpression:
      'SET nested.#l[1].deep = list_append(nested.#l[1].deep, :more), cost = if_not_exists(cost, :zero) + :one REMOVE nested.#l[0] DELETE tags :milk',
    ConditionExpression: 'contains(tags, :egg) AND attribute_type(nothing, :null)',
    ExpressionAttributeNames: { '#l': 'list' },
    ExpressionAttributeValues: {
      ...{ ':more': [1n], ':zero': 0, ':one': 1, ':egg': 'egg', ':null': 'NULL' },
      ':milk': new Set(['milk']),
    },
    ReturnValues: 'ALL_NEW',
  });
  expect(Attributes).toMatchObject({
    ...{ cost: NumberValue.from('1'), tags: new Set(['egg']) },
    nested: { list: [{ deep: [NumberValue.from('1')] }], map: {} },
  });

  const dinner = Array.from({ length: 25 }, (_, number) => ({
    ...{ pk: 'dinner', sk: `dish-${String(number).padStart(2, '0')}` },
    ...{ gsi1pk: number % 2 ? 'ana' : 'bo', gsi1sk: `rank-${9 - (number % 10)}` },
  }));
  const { UnprocessedItems } = await documents.send(
    new BatchWriteCommand({
      RequestItems: { [TableName]: dinner.map((Item) => ({ PutRequest: { Item } })) },
    }),
  );
  expect(UnprocessedItems).toEqual({});
  const { Responses } = await documents.send(
    new BatchGetCommand({
      RequestItems: {
        [TableName]: {
          Keys: [Key, { pk: 'dinner', sk: 'dish-03' }],
          ProjectionExpression: 'sk, cost',
        },
      },
    }),
  );
  expect(Responses?.[TableName]).toEqual(
    expect.arrayContaining([{ sk: 'omelette', cost: NumberValue.from('1') }, { sk: 'dish-03' }]),
  );

  const ofAna = paginateQuery(
    { client: documents, pageSize: 4 },
    {
      TableName,
      IndexName: 'gsi1',
      KeyConditionExpression: 'gsi1pk = :chef AND begins_with(gsi1sk, :rank)',
      ExpressionAttributeValues: { ':chef': 'ana', ':rank': 'rank-' },
      ScanIndexForward: false,
    },
  );
  const ranks: unknown[] = [];
  for await (const page of ofAna) ranks.push(...(page.Items ?? []).map(({ gsi1sk }) => gsi1sk));
  const odd = dinner.filter(({ gsi1pk }) => gsi1pk === 'ana').map(({ gsi1sk }) => gsi1sk);
  expect(ranks).toEqual(odd.toSorted().toReversed());
  let scanned = 0;
  for await (const page of paginateScan({ client: documents, pageSize: 10 }, { TableName })) {
    scanned += page.Count ?? 0;
  }
  expect(scanned).toBe(26);

  const move = () =>
    documents.transactWrite({
      TransactItems: [
        {
          Delete: {
            TableName,
            Key,
            ConditionExpression: 'attribute_exists(pk)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
        { Put: { TableName, Item: { ...everything, pk: 'brunch' } } },
      ],
    });
  await move();
  const again: unknown = await move().catch((error: unknown) => error);
  if (!(again instanceof TransactionCanceledException)) throw again;
  expect(again.CancellationReasons?.map(({ Code }) => Code)).toEqual([
    'ConditionalCheckFailed',
    'None',
  ]);
  const moved = await documents.transactGet({
    TransactItems: [
      { Get: { TableName, Key } },
      { Get: { TableName, Key: { ...Key, pk: 'brunch' } } },
    ],
  });
  expect(moved.Responses).toEqual([{}, { Item: { ...everything, pk: 'brunch' } }]);
});
