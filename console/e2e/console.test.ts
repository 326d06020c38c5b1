import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { visit, type Visit, whatIsMissing } from './browser.ts';

const run = promisify(execFile);
const missing = whatIsMissing();
if (missing !== undefined) console.warn(`SKIPPED: the console's tests, as ${missing}`);

const hasAws = await run('aws', ['--version']).then(
  () => true,
  () => false,
);

function configuration({ cloud }: Visit) {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return { endpoint: cloud.endpoint, region: 'us-east-1', credentials };
}

async function cliLine({ page }: Visit): Promise<string> {
  return page.locator('pre[aria-label="AWS CLI"]').innerText();
}

describe.skipIf(missing !== undefined)('the console', () => {
  it.each(['light', 'dark'] as const)(
    'launches an instance, shows what it says, and terminates it (%s)',
    async (theme) => {
      await using tour = await visit({ theme });
      const { page } = tour;
      await page.goto(tour.cloud.endpoint);
      await page.getByText('This cloud').waitFor();
      const dark = await page.locator('body.awsui-dark-mode').count();
      expect(dark).toBe(theme === 'dark' ? 1 : 0);

      await tour.go('/ec2/instances/launch');
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill(`it's "web" $1`);
      await page.getByText('--image-id').first().waitFor();
      await page.getByRole('button', { name: 'Launch', exact: true }).click();
      await page.getByText('running', { exact: true }).waitFor();
      await page.getByText('Mock machine').waitFor();
      await page.getByText(`it's "web" $1`).waitFor();

      await page.getByRole('button', { name: 'Terminate' }).click();
      await page.getByTestId('confirm').click();
      await page.getByText('terminated', { exact: true }).waitFor();
      expect(tour.complaints).toEqual([]);
    },
  );

  it('creates a table, puts an item in and shows it', async () => {
    await using tour = await visit({ width: 900 });
    const { page } = tour;
    await tour.go('/dynamodb/tables/create');
    await page.getByRole('textbox', { name: 'Table name' }).fill('orders');
    await page.getByRole('button', { name: 'Create table' }).click();
    await page.getByText('No items').waitFor();
    await page.getByRole('button', { name: 'Put item' }).click();
    const item = { id: 'a', price: 2.5, open: true, dishes: ['tea', 'ünï "cake"'] };
    await page.getByRole('textbox', { name: 'Item' }).fill(JSON.stringify(item));
    await page.getByRole('button', { name: 'Put item' }).click();
    await page.getByText('["tea","ünï \\"cake\\""]').waitFor();

    const client = new DynamoDBClient(configuration(tour));
    const key = { TableName: 'orders', Key: { id: { S: 'a' } } };
    const { Item } = await client.send(new GetItemCommand(key));
    client.destroy();
    expect(Item).toMatchObject({ price: { N: '2.5' }, open: { BOOL: true } });
    expect(tour.complaints).toEqual([]);
  });

  it('shows a refusal in its words, with its code and request ID', async () => {
    await using tour = await visit();
    const { page } = tour;
    await tour.go('/ec2/instances/i-00000000000000000');
    await page.getByText('InvalidInstanceID.NotFound').first().waitFor();
    expect(await page.getByText(/Request ID [\da-f-]{36}/).count()).toBeGreaterThan(0);
  });

  it.skipIf(!hasAws)('prints command lines that run as they are', async () => {
    await using tour = await visit();
    const { page } = tour;
    await tour.go('/ec2/instances/launch');
    const name = `it's "web" $HOME \\ ünï`;
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
    await page.getByRole('textbox', { name: 'User data' }).fill('#!/bin/sh\necho "it\'s up"\n');
    await page.getByText('--image-id').first().waitFor();
    await run('/bin/sh', ['-c', await cliLine(tour)]);
    const client = new EC2Client(configuration(tour));
    const { Reservations } = await client.send(new DescribeInstancesCommand({}));
    client.destroy();
    expect(Reservations?.[0]?.Instances?.[0]?.Tags).toEqual([{ Key: 'Name', Value: name }]);
  });

  it('deploys a stack through a change set that is shown before', async () => {
    await using tour = await visit();
    const { page } = tour;
    await tour.go('/cloudformation/stacks/deploy');
    await page.getByRole('textbox', { name: 'Stack name' }).fill('shop');
    await page.getByRole('textbox', { name: 'Template' }).fill(template);
    await page.getByRole('textbox', { name: 'Key' }).fill('sku');
    await page.getByRole('button', { name: 'Create change set' }).click();
    await page.getByRole('button', { name: 'Execute' }).click();
    await page.getByTestId('confirm').click();
    await page.getByText('CREATE_COMPLETE').first().waitFor();
    await page.getByText('TheTable').first().waitFor();
    expect(tour.complaints).toEqual([]);
  });
});

const template = `Parameters:
  Key: { Type: String, Default: id }
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: !Ref Key, AttributeType: S }]
      KeySchema: [{ AttributeName: !Ref Key, KeyType: HASH }]
Outputs:
  TheTable: { Value: !Ref Table }
`;
