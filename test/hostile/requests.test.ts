import { DynamoDBClient, CreateTableCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateKeyPairCommand, EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import * as fc from 'fast-check';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadModel } from '../../src/models/load.ts';
import type { ServiceModel } from '../../src/models/model.ts';
import { services } from '../../src/services/index.ts';
import { startTestCloud, type TestCloud } from '../cloud.ts';
import { onDemand } from '../dynamodb-table.ts';
import { almostInput } from './almost-input.ts';
import { rawRequest } from './raw-request.ts';

/** How many inputs each operation is tried with. */
const RUNS = Number(process.env['HOSTILE_RUNS'] ?? 12);

let cloud: TestCloud;
const failures: string[] = [];
const statuses = new Set<number>();
const tiny = 'resolve:ssm:/aws/service/alacarte/tiny';
const known: Record<string, readonly string[]> = {
  Table: ['orders'],
  ResourceArn: ['arn:aws:dynamodb:us-east-1:000000000000:table/orders'],
  Attribute: ['pk', 'pk', 'a'],
  Expression: ['pk = :v', '#n = :v', 'pk', 'SET a = :v'],
  KeyName: ['a'],
  InstanceType: ['t3.nano'],
  Zone: ['us-east-1a'],
  Region: ['us-east-1'],
  Name: ['/aws/service/alacarte/tiny', 'instance-id', 'tag:a', 'a'],
  Path: ['/aws/service'],
};

beforeAll(async () => {
  const log = pino({ level: 'error' }, { write: (line: string) => void failures.push(line) });
  cloud = await startTestCloud({ log });
  await furnish();
});

afterAll(() => cloud[Symbol.asyncDispose]());

/** Something of each kind, so that requests get past the first look for it. */
async function furnish(): Promise<void> {
  const dynamodb = cloud.client(DynamoDBClient);
  const ec2 = cloud.client(EC2Client);
  await dynamodb.send(new CreateTableCommand(onDemand('orders')));
  const launch = new RunInstancesCommand({ ImageId: tiny, MinCount: 1, MaxCount: 1 });
  const { Instances } = await ec2.send(launch);
  await ec2.send(new CreateKeyPairCommand({ KeyName: 'a' }));
  await cloud.inside.workflows.settled();
  await dynamodb.send(new PutItemCommand({ TableName: 'orders', Item: { pk: { S: 'a' } } }));
  const { InstanceId, ImageId, SubnetId, VpcId, SecurityGroups } = Instances![0]!;
  Object.assign(known, {
    InstanceId: [InstanceId],
    ImageId: [ImageId, tiny],
    Subnet: [SubnetId],
    Vpc: [VpcId],
    Group: [SecurityGroups![0]!.GroupId],
    Resource: [InstanceId, VpcId],
  });
}

const Key = { pk: { S: 'a' } };
/** What works as it stands, for operations that random members hardly ever satisfy. */
const working: Readonly<Record<string, object>> = {
  CreateTable: onDemand('other'),
  PutItem: { TableName: 'orders', Item: Key },
  GetItem: { TableName: 'orders', Key },
  DeleteItem: { TableName: 'orders', Key },
  Query: {
    TableName: 'orders',
    KeyConditionExpression: 'pk = :v',
    ExpressionAttributeValues: { ':v': { S: 'a' } },
  },
  UpdateTable: { TableName: 'orders', BillingMode: 'PAY_PER_REQUEST' },
  RunInstances: { ImageId: tiny, MinCount: 1, MaxCount: 1 },
};

/** Random inputs; half of them only change a few members of one that works. */
function inputs(model: ServiceModel, operation: string): fc.Arbitrary<unknown> {
  const almost = almostInput(model, operation, known);
  const whole = working[operation];
  if (!whole) return almost;
  const changed = fc.tuple(almost, fc.nat(2)).map(([value, count]) => {
    const some = Object.entries(Object(value) as object).slice(-count || Infinity);
    return { ...whole, ...Object.fromEntries(some) };
  });
  return fc.oneof(almost, changed);
}

/** What takes things away comes last. */
const isLast = (name: string): boolean => /^(Delete|Terminate|Stop)/.test(name);
const operations = services.flatMap((service) =>
  service.operations.flatMap(({ ref: { name } }) => {
    const model = loadModel(service.name);
    return model.protocols.map((protocol) => ({ service: service.name, name, protocol, model }));
  }),
);
operations.sort((one, other) => Number(isLast(one.name)) - Number(isLast(other.name)));

test.each(operations)('$service $name in $protocol', async ({ name, protocol, model }) => {
  const property = fc.asyncProperty(inputs(model, name), async (input) => {
    const { path, init } = rawRequest(model, name, protocol, input);
    const response = await fetch(cloud.endpoint + path, init);
    const answer = await response.text();
    const { status } = response;
    statuses.add(status);
    expect(status < 500 || status === 501, `${answer}\n${failures.at(-1)}`).toBe(true);
  });
  await fc.assert(property, { numRuns: RUNS });
});

test('and the server still answers', async () => {
  const { Account } = await cloud.client(STSClient).send(new GetCallerIdentityCommand({}));
  expect(Account).toBe('000000000000');
  expect(failures).toEqual([]);
  expect([...statuses]).toEqual(expect.arrayContaining([200, 400]));
});
