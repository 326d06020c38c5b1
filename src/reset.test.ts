import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DescribeInstancesCommand, EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../test/cloud.ts';
import { onDemand } from '../test/dynamodb-table.ts';

async function fill(cloud: TestCloud): Promise<void> {
  const ImageId = 'resolve:ssm:/aws/service/alacarte/tiny';
  await cloud.client(DynamoDBClient).send(new CreateTableCommand(onDemand('menu')));
  const launch = new RunInstancesCommand({ ImageId, MinCount: 1, MaxCount: 1 });
  await cloud.client(EC2Client).send(launch);
}

async function contents(cloud: TestCloud): Promise<unknown> {
  const { TableNames } = await cloud.client(DynamoDBClient).send(new ListTablesCommand({}));
  const { Reservations } = await cloud.client(EC2Client).send(new DescribeInstancesCommand({}));
  return {
    tables: TableNames,
    instances: Reservations?.length,
    machines: (await cloud.inside.compute.driver.list()).length,
  };
}

const nothing = { tables: [], instances: 0, machines: 0 };

function ask(cloud: TestCloud): Promise<Response> {
  return fetch(`${cloud.endpoint}/_alacarte/reset`, { method: 'POST' });
}

function temporaryDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'reset-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

describe('a reset', () => {
  test('leaves an empty cloud at the same endpoint, its clock as at the start', async () => {
    await using cloud = await startTestCloud();
    const startMs = cloud.inside.clock.now();
    await fill(cloud);
    await cloud.inside.workflows.settled();
    expect(await contents(cloud)).toEqual({ tables: ['menu'], instances: 1, machines: 1 });
    cloud.inside.clock.advance(60_000);

    expect((await ask(cloud)).status).toBe(200);
    expect(await contents(cloud)).toEqual(nothing);
    expect(cloud.inside.clock.now()).toBe(startMs);

    await fill(cloud);
    await cloud.inside.workflows.settled();
    expect(await contents(cloud)).toEqual({ tables: ['menu'], instances: 1, machines: 1 });
  });

  test('cancels what is under way, and lets requests wait for it', async () => {
    await using cloud = await startTestCloud();
    await fill(cloud);
    const reset = cloud.inside.reset();
    const meanwhile = contents(cloud);
    await reset;
    expect(await meanwhile).toMatchObject({ tables: [], instances: 0 });
    await cloud.inside.workflows.settled();
    expect(await contents(cloud)).toEqual(nothing);
  });

  test('does not disturb another cloud of the process', async () => {
    await using one = await startTestCloud();
    await using other = await startTestCloud();
    await fill(one);
    await fill(other);
    await other.inside.workflows.settled();
    await one.inside.reset();
    expect(await contents(one)).toEqual(nothing);
    expect(await contents(other)).toEqual({ tables: ['menu'], instances: 1, machines: 1 });
  });

  test('empties a data directory where that was allowed', async () => {
    const store = { dataDir: temporaryDirectory() };
    {
      await using cloud = await startTestCloud({ store, allowReset: true });
      await fill(cloud);
      await cloud.inside.workflows.settled();
      expect((await ask(cloud)).status).toBe(200);
      expect(await contents(cloud)).toEqual(nothing);
    }
    expect(readdirSync(store.dataDir)).toContain('alacarte.json');
    await using again = await startTestCloud({ store });
    expect(await contents(again)).toEqual(nothing);
  });

  test('is refused where state is kept and nobody allowed it', async () => {
    await using cloud = await startTestCloud({ store: { dataDir: temporaryDirectory() } });
    await fill(cloud);
    const answer = await ask(cloud);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'AccessDenied' });
    expect(await contents(cloud)).toMatchObject({ tables: ['menu'], instances: 1 });
  });
});
