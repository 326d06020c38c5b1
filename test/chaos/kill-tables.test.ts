import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import { DescribeInstancesCommand, EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ServerProcess, startServer } from '../../tools/server-process.ts';
import { onDemand } from '../dynamodb-table.ts';
import { findPostgres, type PostgresServer, startPostgres } from '../postgres.ts';
import { built } from '../built.ts';
import { until } from './until.ts';

const programs = findPostgres();

interface Place {
  readonly options: readonly string[];
  remove(): Promise<void>;
}

async function directoryOnly(): Promise<Place> {
  const directory = mkdtempSync(join(tmpdir(), 'chaos-'));
  const remove = async () => rmSync(directory, { recursive: true, force: true });
  return { options: ['--data-dir', directory], remove };
}

async function directoryAndPostgres(): Promise<Place> {
  const directory = await directoryOnly();
  const postgres: PostgresServer = await startPostgres(programs!);
  return {
    options: [...directory.options, '--store', await postgres.database()],
    async remove() {
      await postgres.stop();
      await directory.remove();
    },
  };
}

/** What clients were told before the server was killed. */
interface Acknowledged {
  table?: true;
  deletion?: true;
  instance?: string;
  readonly items: string[];
}

describe.each([
  { store: 'LMDB', rounds: 10, place: directoryOnly, here: true },
  { store: 'PostgreSQL', rounds: 3, place: directoryAndPostgres, here: programs !== undefined },
])('a server on $store that is killed at work', ({ rounds, place, here }) => {
  let at: Place;
  let server: ServerProcess;
  let client: DynamoDBClient;
  let ec2: EC2Client;

  beforeAll(async () => {
    if (!here) return;
    at = await place();
    await start();
    await client.send(new CreateTableCommand(onDemand('items')));
    await client.send(new CreateTableCommand(onDemand('old-0')));
    await until(async () => (await status('items')) === 'ACTIVE');
    await until(async () => (await status('old-0')) === 'ACTIVE');
  }, 60_000);

  afterAll(async () => {
    await server?.stop();
    await at?.remove();
  }, 60_000);

  async function start(): Promise<void> {
    server = await startServer(built, [
      ...[...at.options, '--port', '0', '--compute', 'mock', '--log-level', 'error'],
    ]);
    const configuration = {
      endpoint: server.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    };
    client = new DynamoDBClient(configuration);
    ec2 = new EC2Client(configuration);
  }

  async function status(TableName: string): Promise<string | undefined> {
    try {
      return (await client.send(new DescribeTableCommand({ TableName }))).Table?.TableStatus;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  }

  async function instances(token: string): Promise<(string | undefined)[][]> {
    const Filters = [{ Name: 'client-token', Values: [token] }];
    const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ Filters }));
    return Reservations.flatMap((each) => each.Instances ?? []).map((each) => [
      each.InstanceId,
      each.State?.Name,
    ]);
  }

  /** Orders of every kind at once; what each came to is noted as its answer comes in. */
  function order(round: number): { acknowledged: Acknowledged; over: Promise<unknown> } {
    const acknowledged: Acknowledged = { items: [] };
    const puts = Array.from({ length: 20 }, (_, number) => `${round}-${number}`).map((pk) =>
      client
        .send(new PutItemCommand({ TableName: 'items', Item: { pk: { S: pk } } }))
        .then(() => acknowledged.items.push(pk)),
    );
    const launch = new RunInstancesCommand({
      ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
      MinCount: 1,
      MaxCount: 1,
      ClientToken: `round-${round}`,
    });
    const over = Promise.allSettled([
      client
        .send(new CreateTableCommand(onDemand(`old-${round + 1}`)))
        .then(() => (acknowledged.table = true)),
      client
        .send(new DeleteTableCommand({ TableName: `old-${round}` }))
        .then(() => (acknowledged.deletion = true)),
      ec2.send(launch).then(({ Instances }) => (acknowledged.instance = Instances![0]!.InstanceId)),
      ...puts,
    ]);
    return { acknowledged, over };
  }

  async function tablesAreSettled(round: number, acknowledged: Acknowledged): Promise<void> {
    const [made, gone] = [`old-${round + 1}`, `old-${round}`];
    if (!acknowledged.table && (await status(made)) === undefined) {
      await client.send(new CreateTableCommand(onDemand(made)));
    }
    await until(async () => (await status(made)) === 'ACTIVE');
    const left = acknowledged.deletion ? [undefined] : [undefined, 'ACTIVE'];
    await until(async () => left.includes(await status(gone)));
    const { TableNames = [] } = await client.send(new ListTablesCommand({}));
    expect(TableNames.filter((name) => name === made)).toHaveLength(1);
  }

  async function itemsAreThere({ items }: Acknowledged): Promise<void> {
    for (const pk of items) {
      const Key = { pk: { S: pk } };
      const { Item } = await client.send(new GetItemCommand({ TableName: 'items', Key }));
      expect(Item).toEqual(Key);
    }
  }

  async function instanceIsSettled(round: number, { instance }: Acknowledged): Promise<void> {
    const token = `round-${round}`;
    const settled = new Set<string | undefined>(['running', 'terminated']);
    await until(async () => (await instances(token)).every(([, state]) => settled.has(state)));
    const launched = (await instances(token)).map(([id]) => id);
    expect(launched.length).toBeLessThanOrEqual(1);
    expect(launched).toEqual(instance ? [instance] : launched);
  }

  test.skipIf(!here)(
    'keeps every acknowledged table, item, deletion and instance, and settles the rest',
    async () => {
      const all: Acknowledged[] = [];
      for (let round = 0; round < rounds; round++) {
        const { acknowledged, over } = order(round);
        // The last round is left to finish, so that something is acknowledged on any machine.
        if (round < rounds - 1) await sleep(Math.random() * 150);
        else await over;
        await server.stop('SIGKILL');
        await over;
        await start();

        await tablesAreSettled(round, acknowledged);
        await itemsAreThere(acknowledged);
        await instanceIsSettled(round, acknowledged);
        all.push(acknowledged);
      }
      for (const kind of ['table', 'deletion', 'instance'] as const) {
        expect(all.filter((each) => each[kind]).length, kind).toBeGreaterThan(0);
      }
      expect(all.flatMap(({ items }) => items).length).toBeGreaterThan(0);
    },
    180_000,
  );
});
