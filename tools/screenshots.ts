import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { visit, type Visit } from '../console/e2e/browser.ts';

const directory = new URL('../docs/images/', import.meta.url).pathname;

/** The documentation's pictures of the console, in both themes: `npm run screenshots`. */
async function shoot(theme: 'light' | 'dark', width = 1280): Promise<void> {
  await using tour = await visit({ theme, width, height: 860 });
  await fillTable(tour);
  const { page } = tour;
  const save = async (name: string): Promise<void> => {
    await page.waitForTimeout(700);
    await page.screenshot({ path: join(directory, `console-${name}-${theme}.png`) });
  };

  await tour.go('/');
  await page.getByText('This cloud').waitFor();
  await save('home');

  await tour.go('/ec2/instances/launch');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('web-1');
  await page.getByText('--image-id').first().waitFor();
  await save('launch');
  await page.getByRole('button', { name: 'Launch', exact: true }).click();
  await page.getByText('running', { exact: true }).waitFor();
  await save('instance');

  await tour.go('/dynamodb/tables/orders');
  await page.getByText('espresso').first().waitFor();
  await save('table');

  await tour.go('/cloudformation/stacks/deploy');
  await page.getByRole('textbox', { name: 'Stack name' }).fill('shop');
  await page.getByRole('textbox', { name: 'Template' }).fill(template);
  await page.getByRole('button', { name: 'Create change set' }).click();
  await page.getByRole('button', { name: 'Execute' }).click();
  await page.getByTestId('confirm').click();
  await page.getByText('CREATE_COMPLETE').nth(2).waitFor();
  await save('stack');

  await tour.go('/activity');
  await page.getByText('RunInstances').first().waitFor();
  await save('activity');
  if (tour.complaints.length > 0) throw new Error(tour.complaints.join('\n'));
}

async function fillTable({ cloud }: Visit): Promise<void> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new DynamoDBClient({ endpoint: cloud.endpoint, region: 'us-east-1', credentials });
  await client.send(
    new CreateTableCommand({
      ...{ TableName: 'orders', BillingMode: 'PAY_PER_REQUEST' },
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  await waitUntilTableExists(
    { client, minDelay: 1, maxDelay: 1, maxWaitTime: 10 },
    { TableName: 'orders' },
  );
  const dishes = ['espresso', 'omelette', 'bread and butter', 'apple tart'];
  for (const [index, dish] of dishes.entries()) {
    const Item = {
      ...{
        id: { S: `order-${index + 1}` },
        dish: { S: dish },
        table: { N: String(index * 3 + 2) },
      },
      served: { BOOL: index < 2 },
    };
    await client.send(new PutItemCommand({ TableName: 'orders', Item }));
  }
  client.destroy();
}

const template = `Description: Where a shop keeps its orders
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
Outputs:
  Table: { Value: !Ref Orders }
`;

mkdirSync(directory, { recursive: true });
await shoot('light');
await shoot('dark');
