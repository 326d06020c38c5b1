import {
  CreateTableCommand,
  DynamoDBClient,
  UpdateTableCommand,
  type UpdateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { startTestCloud } from '../../../../test/cloud.ts';

const TableName = 'menu';
const five = { ReadCapacityUnits: 5, WriteCapacityUnits: 5 };

it('changes between provisioned and on-demand billing, and the units', async () => {
  await using cloud = await startTestCloud();
  const client = cloud.client(DynamoDBClient);
  await client.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      ProvisionedThroughput: five,
    }),
  );
  await cloud.inside.workflows.settled();
  const update = async (change: Omit<UpdateTableCommandInput, 'TableName'>) =>
    (await client.send(new UpdateTableCommand({ TableName, ...change }))).TableDescription;

  await expect(update({ ProvisionedThroughput: five })).rejects.toThrow(
    'The provisioned throughput for the table will not change.',
  );
  const six = { ...five, ReadCapacityUnits: 6 };
  expect(await update({ ProvisionedThroughput: six })).toMatchObject({
    ProvisionedThroughput: six,
    TableStatus: 'ACTIVE',
  });
  cloud.inside.clock.advance(1_000);
  expect(await update({ BillingMode: 'PAY_PER_REQUEST' })).toMatchObject({
    BillingModeSummary: {
      BillingMode: 'PAY_PER_REQUEST',
      LastUpdateToPayPerRequestDateTime: new Date(cloud.inside.clock.now()),
    },
  });
  await expect(update({ BillingMode: 'PROVISIONED' })).rejects.toThrow(
    'ReadCapacityUnits and WriteCapacityUnits must both be specified',
  );
  await expect(update({ SSESpecification: { Enabled: true } })).rejects.toMatchObject({
    name: 'NotImplemented',
  });
});
