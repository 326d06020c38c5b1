import {
  CreateTableCommand,
  DeleteTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import { call, chapter } from './narrator.ts';

const TableName = 'menu';

/** A table that keeps dishes by course and name. */
export async function keepAnItem(sts: STSClient, dynamodb: DynamoDBClient): Promise<void> {
  chapter('Who am I');
  const identity = sts.send(new GetCallerIdentityCommand({}));
  await call('sts GetCallerIdentity', '', identity, ({ Arn }) => `${Arn}`);

  chapter('A table');
  const create = new CreateTableCommand({
    TableName,
    AttributeDefinitions: [
      { AttributeName: 'course', AttributeType: 'S' },
      { AttributeName: 'dish', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'course', KeyType: 'HASH' },
      { AttributeName: 'dish', KeyType: 'RANGE' },
    ],
    BillingMode: 'PAY_PER_REQUEST',
  });
  const created = dynamodb.send(create);
  await call(
    'dynamodb CreateTable',
    TableName,
    created,
    (o) => `${o.TableDescription?.TableStatus}`,
  );
  const exists = waitUntilTableExists(
    { client: dynamodb, maxWaitTime: 30, minDelay: 1 },
    { TableName },
  );
  await call('dynamodb wait table-exists', TableName, exists, ({ state }) => state);

  for (const [dish, minutes] of [
    ['omelette', 5],
    ['ratatouille', 60],
  ] as const) {
    const Item = { course: { S: 'main' }, dish: { S: dish }, minutes: { N: String(minutes) } };
    const put = dynamodb.send(new PutItemCommand({ TableName, Item }));
    await call('dynamodb PutItem', dish, put, (o) => `HTTP ${o.$metadata.httpStatusCode}`);
  }
  const Key = { course: { S: 'main' }, dish: { S: 'omelette' } };
  const got = dynamodb.send(new GetItemCommand({ TableName, Key }));
  await call('dynamodb GetItem', 'omelette', got, ({ Item }) => JSON.stringify(Item));
  const query = new QueryCommand({
    TableName,
    KeyConditionExpression: 'course = :c AND begins_with(dish, :d)',
    ExpressionAttributeValues: { ':c': { S: 'main' }, ':d': { S: 'rata' } },
  });
  const found = dynamodb.send(query);
  await call(
    'dynamodb Query',
    'main, rata…',
    found,
    (o) => `${o.Count} item: ${o.Items?.[0]?.['dish']?.S}`,
  );
  const deleted = dynamodb.send(new DeleteTableCommand({ TableName }));
  await call(
    'dynamodb DeleteTable',
    TableName,
    deleted,
    (o) => `${o.TableDescription?.TableStatus}`,
  );
}
