import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DescribeInstancesCommand, EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { startTestCloud } from './cloud.ts';

describe('clouds in one process', () => {
  test('do not see one another', async () => {
    await using first = await startTestCloud();
    await using second = await startTestCloud();
    await first.client(DynamoDBClient).send(
      new CreateTableCommand({
        TableName: 'menu',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      }),
    );
    const tables = await Promise.all(
      [first, second].map((cloud) => cloud.client(DynamoDBClient).send(new ListTablesCommand({}))),
    );
    expect(tables.map(({ TableNames }) => TableNames)).toEqual([['menu'], []]);
  });

  test('each move their own clock', async () => {
    await using first = await startTestCloud();
    await using second = await startTestCloud();
    const { clock } = first.inside;
    const before = clock.now();
    clock.advance(3_600_000);
    expect(clock.now() - before).toBe(3_600_000);
    expect(second.inside.clock.now()).toBe(before);
  });

  test('say of mocked instances that they are mocked, and of tables that they are real', async () => {
    await using cloud = await startTestCloud();
    const ec2 = cloud.client(EC2Client);
    const realizations: unknown[] = [];
    ec2.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        const { headers } = result.response as { headers: Record<string, string> };
        realizations.push(headers['x-alacarte-realization']);
        return result;
      },
      { step: 'deserialize', priority: 'low' },
    );
    const ImageId = 'resolve:ssm:/aws/service/alacarte/tiny';
    await ec2.send(new RunInstancesCommand({ ImageId, MinCount: 1, MaxCount: 1 }));
    await ec2.send(new DescribeInstancesCommand({}));
    expect(realizations).toEqual(['mock', 'mock']);
  });

  test('of another account and region are told apart by their keys and signatures', async () => {
    await using cloud = await startTestCloud();
    const credentials = { accessKeyId: '111122223333', secretAccessKey: 'anything' };
    const sts = cloud.client(STSClient, { credentials, region: 'eu-central-1' });
    const identity = await sts.send(new GetCallerIdentityCommand({}));
    expect(identity.Arn).toBe('arn:aws:iam::111122223333:root');
  });
});
