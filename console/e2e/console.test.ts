import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  DescribeInstancesCommand,
  DescribeKeyPairsCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { DynamoDBClient, GetItemCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb';
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

describe.skipIf(missing !== undefined)('the console', { timeout: 60_000 }, () => {
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
    await page.getByRole('button', { name: 'How this page was read' }).click();
    await page.getByText('Examined', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Show the call' }).click();
    await page.getByRole('button', { name: 'How it was served' }).click();
    await page.getByText('Write units', { exact: true }).waitFor();

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

  it.skipIf(!hasAws)(
    'prints a command line for every button that does the same',
    { timeout: 120_000 },
    async () => {
      await using tour = await visit();
      const { page } = tour;
      const ec2 = new EC2Client(configuration(tour));
      const dynamodb = new DynamoDBClient(configuration(tour));
      const runLine = async () => run('/bin/sh', ['-c', await cliLine(tour)]);
      const inDialog = async (button: string) => {
        await page.getByRole('button', { name: button, exact: true }).first().click();
        await runLine();
        await page.getByRole('button', { name: 'Cancel' }).click();
      };
      const state = async () => {
        const { Reservations } = await ec2.send(new DescribeInstancesCommand({}));
        return Reservations?.[0]?.Instances?.[0]?.State?.Name;
      };

      await tour.go('/ec2/key-pairs');
      await page.getByRole('button', { name: 'Create key pair' }).first().click();
      await page.getByRole('textbox', { name: 'Key pair name' }).fill('a "key"');
      await page.getByText(`--key-name 'a "key"'`).waitFor();
      await runLine();
      await page.reload();
      await page.getByText('a "key"', { exact: true }).waitFor();
      await inDialog('Delete key pair');
      expect(await ec2.send(new DescribeKeyPairsCommand({}))).toMatchObject({ KeyPairs: [] });

      const launch = new RunInstancesCommand({
        ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
        MinCount: 1,
        MaxCount: 1,
      });
      const { Instances } = await ec2.send(launch);
      await tour.go(`/ec2/instances/${Instances?.[0]?.InstanceId}`);
      await page.getByText('running', { exact: true }).waitFor();
      await inDialog('Reboot');
      await inDialog('Stop');
      await page.getByText('stopped', { exact: true }).waitFor();
      await inDialog('Start');
      await page.getByText('running', { exact: true }).waitFor();
      await inDialog('Terminate');
      await page.getByText('terminated', { exact: true }).waitFor();
      expect(await state()).toBe('terminated');

      await tour.go('/dynamodb/tables/create');
      await page.getByRole('textbox', { name: 'Table name' }).fill('orders');
      await page.getByText('--table-name orders').waitFor();
      await runLine();
      await tour.go('/dynamodb/tables/orders/put-item');
      const item = { id: `it's`, dishes: ['tea', 'ünï "cake"'] };
      await page.getByRole('textbox', { name: 'Item' }).fill(JSON.stringify(item));
      await page.getByText('cake').first().waitFor();
      await runLine();
      const Key = { id: { S: `it's` } };
      const { Item } = await dynamodb.send(new GetItemCommand({ TableName: 'orders', Key }));
      expect(Item).toEqual({ ...Key, dishes: { L: [{ S: 'tea' }, { S: 'ünï "cake"' }] } });
      await tour.go('/dynamodb/tables/orders');
      await inDialog('Delete table');
      expect(await dynamodb.send(new ListTablesCommand({}))).toMatchObject({ TableNames: [] });
      ec2.destroy();
      dynamodb.destroy();
    },
  );

  it('shows what was sent after it was', async () => {
    await using tour = await visit();
    const { page } = tour;
    await tour.go('/dynamodb/tables/create');
    await page.getByRole('textbox', { name: 'Table name' }).fill('orders');
    await page.getByRole('button', { name: 'Create table' }).click();
    await page.getByText('CreateTable was sent').waitFor();
    await page.getByRole('button', { name: 'Show the call' }).click();
    const dialog = page.getByRole('dialog', { name: 'As it was sent' });
    await dialog.getByText('This was sent.').waitFor();
    await dialog.getByRole('tab', { name: 'HTTP' }).click();
    const sent = await dialog.locator('pre[aria-label="HTTP"]').innerText();
    expect(sent).toContain('x-amz-target: DynamoDB_20120810.CreateTable');
    expect(tour.complaints).toEqual([]);
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
