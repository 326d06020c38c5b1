import { DynamoDBClient, GetItemCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../test/cloud.ts';
import { rootPrincipal } from '../../kernel/caller.ts';
import { Activity } from './activity.ts';
import type { Entry, Missed } from './entry.ts';
import { readQuery } from './query.ts';

let cloud: TestCloud;

beforeEach(async () => {
  cloud = await startTestCloud();
});
afterEach(() => cloud[Symbol.asyncDispose]());

const open = (query: string, init?: RequestInit): Promise<Response> =>
  fetch(`${cloud.endpoint}/_alacarte/activity?${query}`, init);

/** The entries of an answer, one at a time. */
async function* entriesOf(answer: Response): AsyncGenerator<Record<string, unknown>> {
  let text = '';
  for await (const chunk of answer.body!) {
    text += Buffer.from(chunk).toString();
    const lines = text.split('\n');
    text = lines.pop()!;
    for (const line of lines) yield JSON.parse(line) as Record<string, unknown>;
  }
}

async function kept(query = ''): Promise<Record<string, unknown>[]> {
  const entries: Record<string, unknown>[] = [];
  for await (const entry of entriesOf(await open(`follow=false&${query}`))) entries.push(entry);
  return entries;
}

const missing = { TableName: 'nothing', Key: { k: { S: 'a' } } };

describe('what is kept', () => {
  test('tells who called what, and how it went', async () => {
    const dynamodb = cloud.client(DynamoDBClient);
    await dynamodb.send(new ListTablesCommand({}));
    await expect(dynamodb.send(new GetItemCommand(missing))).rejects.toThrow('not found');
    const [first, second, ...more] = await kept();
    expect(more).toEqual([]);
    expect(first).toEqual({
      sequence: 1,
      time: '2026-11-23T12:00:00.000Z',
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      ...{ service: 'dynamodb', operation: 'ListTables', protocol: 'aws-json-1.0' },
      ...{ account: '000000000000', region: 'us-east-1', accessKeyId: 'test' },
      principal: 'arn:aws:iam::000000000000:root',
      durationMs: expect.any(Number),
      ...{ status: 200, realization: 'real' },
      userAgent: expect.stringContaining('aws-sdk-js'),
    });
    expect(second).toMatchObject({
      ...{ sequence: 2, operation: 'GetItem', status: 400 },
      error: { code: 'ResourceNotFoundException' },
    });
    expect(await kept('errors=true')).toEqual([second]);
    expect(await kept('operation=ListTables')).toEqual([first]);
    expect(await kept('service=ec2')).toEqual([]);
  });

  test('refuses what it does not understand', async () => {
    for (const query of ['follow=maybe', 'servce=ec2']) {
      const answer = await open(query);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ code: 'ValidationError' });
    }
  });
});

describe('who follows', () => {
  test('sees calls as they are answered, with bodies without secrets', async () => {
    const entries = entriesOf(await open('bodies=true'));
    await cloud.client(STSClient).send(new GetSessionTokenCommand({ DurationSeconds: 900 }));
    expect((await entries.next()).value).toMatchObject({
      operation: 'GetSessionToken',
      input: { DurationSeconds: 900 },
      output: {
        Credentials: {
          AccessKeyId: expect.stringMatching(/^ASIA/),
          SecretAccessKey: '(redacted)',
          SessionToken: '(redacted)',
        },
      },
    });
    await expect(cloud.client(DynamoDBClient).send(new GetItemCommand(missing))).rejects.toThrow(
      'not found',
    );
    expect((await entries.next()).value).toMatchObject({ operation: 'GetItem', input: missing });
    await entries.return(undefined);
  });

  test('is let go when the cloud closes', async () => {
    const entries = entriesOf(await open(''));
    const end = entries.next();
    await cloud.inside.close();
    expect(await end).toEqual({ done: true, value: undefined });
  });
});

test('a reader that is too slow is told how many it missed', async () => {
  const activity = new Activity({ now: () => 0 });
  const caller = {
    ...{ account: '000000000000', region: 'us-east-1', principal: rootPrincipal('000000000000') },
    calledVia: ['cloudformation.amazonaws.com'],
  };
  const call = (): void => {
    const seen = activity.begin({ requestId: 'r', service: 'dynamodb', operation: 'GetItem' });
    seen.caller = caller;
    seen.answered(200);
  };
  const reader = activity.read(readQuery(''), new AbortController().signal);
  call();
  expect((await reader.next()).value).toMatchObject({
    sequence: 1,
    calledVia: ['cloudformation.amazonaws.com'],
  });
  for (let i = 0; i < 1005; i++) call();
  const next = async (): Promise<Entry | Missed> => (await reader.next()).value as Entry | Missed;
  expect(await next()).toEqual({ missed: 5 });
  expect(await next()).toMatchObject({ sequence: 7 });
});
