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

it("leaves another owner's table of that name alone", async () => {
  await using harness = await startResourceHarness();
  const desired = { ...keys, TableName: 'orders', BillingMode: 'PAY_PER_REQUEST' };
  const first = await harness.create(type, desired);
  await expect(harness.create(type, desired)).rejects.toMatchObject({
    code: 'ResourceInUseException',
  });
  expect(await first.read()).toMatchObject({ TableName: 'orders' });
});
