import { expect, it } from 'vitest';
import { startResourceHarness } from '../../../../test/resource-harness.ts';

const type = 'AWS::DynamoDB::Table';
const keys = {
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
};
const units = (count: number) => ({
  ProvisionedThroughput: { ReadCapacityUnits: count, WriteCapacityUnits: count },
});
const tag = (Key: string, Value: string) => ({ Key, Value });

it('makes, changes and unmakes a table', async () => {
  await using harness = await startResourceHarness();
  const desired = { ...keys, ...units(5), Tags: [tag('team', 'kitchen')] };
  const made = await harness.create(type, desired, { stack: 'shop' });
  const TableName = made.identifier;
  expect(await made.read()).toEqual({
    ...{ ...desired, TableName, BillingMode: 'PROVISIONED', DeletionProtectionEnabled: false },
    Arn: `arn:aws:dynamodb:us-east-1:000000000000:table/${TableName}`,
    Tags: [tag('team', 'kitchen'), tag('stack', 'shop')],
  });
  expect(await harness.list(type)).toEqual([TableName]);

  await made.update({ ...desired, ...units(7) });
  expect(await made.read()).toMatchObject({
    ...units(7),
    Tags: [tag('team', 'kitchen'), tag('stack', 'shop')],
  });

  const onDemand = { ...keys, BillingMode: 'PAY_PER_REQUEST', DeletionProtectionEnabled: true };
  await made.update(onDemand, { stack: 'store' });
  expect(await made.read()).toMatchObject({ ...onDemand, Tags: [tag('stack', 'store')] });
  await expect(made.delete()).rejects.toThrow('protected against deletion');

  await made.update({ ...keys, ...units(1), TableClass: 'STANDARD_INFREQUENT_ACCESS' });
  expect(await made.read()).toMatchObject({
    ...{ ...units(1), BillingMode: 'PROVISIONED', TableClass: 'STANDARD_INFREQUENT_ACCESS' },
  });
  await made.delete();
  expect(await made.read()).toBeUndefined();
  expect(await harness.list(type)).toEqual([]);
});

it('makes and changes a table with everything that hangs on it', async () => {
  await using harness = await startResourceHarness();
  const index = (IndexName: string, attribute: string) => ({
    IndexName,
    KeySchema: [{ AttributeName: attribute, KeyType: 'HASH' }],
    Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['note'] },
  });
  const defined = (...names: readonly string[]) =>
    names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' }));
  const desired = {
    ...keys,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: defined('dish', 'pk'),
    GlobalSecondaryIndexes: [index('by-dish', 'dish')],
    StreamSpecification: { StreamViewType: 'KEYS_ONLY' },
    TimeToLiveSpecification: { AttributeName: 'until', Enabled: true },
    PointInTimeRecoverySpecification: {
      PointInTimeRecoveryEnabled: true,
      RecoveryPeriodInDays: 7,
    },
    ContributorInsightsSpecification: { Enabled: true, Mode: 'THROTTLED_KEYS' },
    KinesisStreamSpecification: {
      StreamArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/changes',
    },
    ResourcePolicy: {
      PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*' }] },
    },
    WarmThroughput: { ReadUnitsPerSecond: 13_000, WriteUnitsPerSecond: 5_000 },
  };
  const made = await harness.create(type, desired);
  expect(await made.read()).toMatchObject(desired);
  expect((await made.read())?.StreamArn).toContain('/stream/');

  const changed = {
    ...keys,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: defined('dish', 'pk'),
    GlobalSecondaryIndexes: [
      { ...index('by-dish', 'dish'), ContributorInsightsSpecification: { Enabled: true } },
    ],
    StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
    WarmThroughput: desired.WarmThroughput,
    OnDemandThroughput: { MaxReadRequestUnits: 50, MaxWriteRequestUnits: 40 },
  };
  await expect(
    made.update({ ...changed, GlobalSecondaryIndexes: [index('by-dish', 'pk')] }),
  ).rejects.toThrow('You can create a new GSI with a different name.');
  harness.cloud.inside.clock.advance(2 * 60 * 60 * 1000); // time to live may change once an hour
  await made.update(changed);
  const read = await made.read();
  expect(read).toMatchObject({
    StreamSpecification: changed.StreamSpecification,
    OnDemandThroughput: changed.OnDemandThroughput,
  });
  for (const gone of [
    'ContributorInsightsSpecification',
    'KinesisStreamSpecification',
    'PointInTimeRecoverySpecification',
    'ResourcePolicy',
    'TimeToLiveSpecification',
  ]) {
    expect(read).not.toHaveProperty(gone);
  }

  await made.update({
    ...changed,
    AttributeDefinitions: defined('pk'),
    GlobalSecondaryIndexes: [],
  });
  const without = await made.read();
  expect(without?.GlobalSecondaryIndexes).toBeUndefined();
  await made.update({
    ...changed,
    AttributeDefinitions: defined('cook', 'pk'),
    GlobalSecondaryIndexes: [index('by-cook', 'cook')],
  });
  expect(await made.read()).toMatchObject({
    AttributeDefinitions: defined('cook', 'pk'),
    GlobalSecondaryIndexes: [index('by-cook', 'cook')],
  });
});

it('leaves nothing behind where a table cannot be as desired', async () => {
  await using harness = await startResourceHarness();
  const desired = {
    ...{ ...keys, TableName: 'orders', BillingMode: 'PAY_PER_REQUEST' },
    PointInTimeRecoverySpecification: {
      PointInTimeRecoveryEnabled: true,
      RecoveryPeriodInDays: 99,
    },
  };
  await expect(harness.create(type, desired)).rejects.toThrow('99');
  await harness.cloud.inside.workflows.settled();
  expect(await harness.list(type)).toEqual([]);
});

it("leaves another owner's table of that name alone", async () => {
  await using harness = await startResourceHarness();
  const desired = { ...keys, TableName: 'orders', BillingMode: 'PAY_PER_REQUEST' };
  const first = await harness.create(type, desired);
  await expect(harness.create(type, desired)).rejects.toMatchObject({
    code: 'ResourceInUseException',
  });
  expect(await first.read()).toMatchObject({ TableName: 'orders' });
});
