import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, test, vi } from 'vitest';
import { startTestCloud } from '../../../../test/cloud.ts';
import { onDemand } from '../../../../test/dynamodb-table.ts';
import type { Engine } from '../../../storage/engine.ts';
import { key } from '../../../storage/keys.ts';
import { dynamodb } from '../service.ts';
import { startingWith } from './pages.ts';

const HOUR_MS = 60 * 60 * 1000;

test('what nobody can read any more takes no space', async () => {
  let store!: Engine;
  const between = (engine: Engine) => (store = engine);
  await using cloud = await startTestCloud({ services: [dynamodb], between });
  const client = cloud.client(DynamoDBClient);
  const advance = (hours: number) => cloud.inside.clock.advance(hours * HOUR_MS);
  const standing = async () => {
    const counts = ['journal', 'journal-head', 'stream'].map(async (kind) => {
      const entries = await store.range(startingWith(key('dynamodb', kind)));
      return entries.length;
    });
    const [records, heads, streams] = await Promise.all(counts);
    return { records, heads, streams };
  };
  const put = (TableName: string) =>
    client.send(new PutItemCommand({ TableName, Item: { pk: { S: 'a' } } }));
  const StreamSpecification = { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' as const };
  for (const name of ['kept', 'deleted']) {
    await client.send(new CreateTableCommand({ ...onDemand(name), StreamSpecification }));
  }
  await cloud.inside.workflows.settled();
  await Promise.all([put('kept'), put('deleted')]);
  await client.send(new DeleteTableCommand({ TableName: 'deleted' }));
  await cloud.inside.workflows.settled();
  expect(await standing()).toEqual({ records: 2, heads: 2, streams: 2 });

  advance(23);
  await client.send(
    new PutItemCommand({ TableName: 'kept', Item: { pk: { S: 'a' }, n: { N: '1' } } }),
  );
  expect(await standing()).toEqual({ records: 3, heads: 2, streams: 2 });
  await vi.waitFor(async () => {
    advance(0.5);
    expect(await standing()).toEqual({ records: 1, heads: 1, streams: 1 });
  });
});
