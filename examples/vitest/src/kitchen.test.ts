import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { type Cloud, startCloud } from 'alacarte';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { endShift, hireCook } from './cook.ts';
import { addDish, dishes } from './menu.ts';

describe('the menu', () => {
  let cloud: Cloud;
  let client: DynamoDBClient;

  beforeAll(async () => {
    cloud = await startCloud();
    client = new DynamoDBClient(cloud.clientConfig);
  });
  afterAll(() => cloud.close());

  beforeEach(async () => {
    await cloud.reset();
    await client.send(
      new CreateTableCommand({
        TableName: 'menu',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'dish', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'dish', KeyType: 'HASH' }],
      }),
    );
    const patience = { client, maxWaitTime: 10, minDelay: 0.05, maxDelay: 0.1 };
    await waitUntilTableExists(patience, { TableName: 'menu' });
  });

  test('takes a dish once', async () => {
    expect(await addDish(client, 'omelette')).toBe(true);
    expect(await addDish(client, 'omelette')).toBe(false);
    expect(await dishes(client)).toEqual(['omelette']);
  });

  test('starts empty, whatever the test before has done', async () => {
    expect(await dishes(client)).toEqual([]);
  });
});

test('a cook goes home after eight hours', async () => {
  await using cloud = await startCloud({ frozenAt: new Date('2026-01-01T08:00:00Z') });
  const client = new EC2Client(cloud.clientConfig);
  await hireCook(client, 'omelette');

  cloud.clock.advance(7 * 3_600_000);
  expect(await endShift(client, cloud.clock.now())).toEqual([]);
  cloud.clock.advance(3_600_000);
  expect(await endShift(client, cloud.clock.now())).toEqual(['omelette']);
  client.destroy();
});
