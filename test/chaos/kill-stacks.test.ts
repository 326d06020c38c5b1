import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeInstancesCommand,
  DescribeKeyPairsCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { DescribeParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ServerProcess, startServer } from '../../tools/server-process.ts';
import { built } from '../built.ts';

const restaurant = new URL('../../examples/restaurant/template.yaml', import.meta.url);
const template = readFileSync(restaurant, 'utf8');
const elsewhere = template.replace(
  'InstanceType: !FindInMap',
  'AvailabilityZone: us-east-1b\n      InstanceType: !FindInMap',
);

/** After how many of an operation's events the server is killed: from the order to its last steps. */
const moments = [1, 4, 7, 10, 14];

describe('a server that is killed while it works on a stack', { timeout: 240_000 }, () => {
  let directory: string;
  let server: ServerProcess;
  let cloudFormation: CloudFormationClient;
  let ec2: EC2Client;
  let dynamodb: DynamoDBClient;
  let ssm: SSMClient;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'chaos-'));
    await start();
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    rmSync(directory, { recursive: true });
  }, 60_000);

  async function start(): Promise<void> {
    const options = ['--port', '0', '--data-dir', directory, '--compute', 'mock'];
    server = await startServer(built, [...options, '--log-level', 'error']);
    const configuration = {
      endpoint: server.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    };
    cloudFormation = new CloudFormationClient(configuration);
    ec2 = new EC2Client(configuration);
    dynamodb = new DynamoDBClient(configuration);
    ssm = new SSMClient(configuration);
  }

  async function statusOf(StackName: string): Promise<string> {
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
    return `${Stacks[0]?.StackStatus}`;
  }

  async function eventsOf(StackName: string): Promise<string[]> {
    const { StackEvents = [] } = await cloudFormation.send(
      new DescribeStackEventsCommand({ StackName }),
    );
    return StackEvents.map(
      ({ LogicalResourceId, PhysicalResourceId, ResourceStatus, ResourceStatusReason }) =>
        [LogicalResourceId, PhysicalResourceId, ResourceStatus, ResourceStatusReason].join(' '),
    );
  }

  /** Kills the server once so many more events are there, or the operation is at its end. */
  async function killAfter(moment: number, stack: string, already: number): Promise<void> {
    while (
      (await eventsOf(stack)).length < already + moment &&
      (await statusOf(stack)).endsWith('_IN_PROGRESS')
    );
    await server.stop('SIGKILL');
    await start();
  }

  async function endOf(stack: string): Promise<string> {
    for (;;) {
      const status = await statusOf(stack);
      if (!status.endsWith('_IN_PROGRESS')) return status;
      await sleep(10);
    }
  }

  /** Everything that stands, whoever it belongs to. */
  async function standing(): Promise<Record<string, readonly (string | undefined)[]>> {
    const live = { Name: 'instance-state-name', Values: ['pending', 'running', 'stopped'] };
    const [tables, instances, keys, groups, parameters] = await Promise.all([
      dynamodb.send(new ListTablesCommand({})),
      ec2.send(new DescribeInstancesCommand({ Filters: [live] })),
      ec2.send(new DescribeKeyPairsCommand({})),
      ec2.send(new DescribeSecurityGroupsCommand({})),
      ssm.send(new DescribeParametersCommand({})),
    ]);
    const [key] = keys.KeyPairs ?? [];
    return {
      Menu: tables.TableNames ?? [],
      Kitchen: (instances.Reservations ?? []).flatMap((each) =>
        (each.Instances ?? []).map(({ InstanceId }) => InstanceId),
      ),
      Key: (keys.KeyPairs ?? []).map(({ KeyName }) => KeyName),
      Door: (groups.SecurityGroups ?? [])
        .filter(({ GroupName }) => GroupName !== 'default')
        .map(({ GroupId }) => GroupId),
      // The key's private half has a parameter of its own.
      Address: (parameters.Parameters ?? [])
        .map(({ Name }) => Name)
        .filter((name) => name !== `/ec2/keypair/${key?.KeyPairId}`),
    };
  }

  /** What the stack says that it is made of, in the same form. */
  async function told(StackName: string): Promise<Record<string, readonly (string | undefined)[]>> {
    const { StackResources = [] } = await cloudFormation.send(
      new DescribeStackResourcesCommand({ StackName }),
    );
    return Object.fromEntries(
      StackResources.map(({ LogicalResourceId, PhysicalResourceId }) => [
        LogicalResourceId,
        [PhysicalResourceId],
      ]),
    );
  }

  const nothing = { Menu: [], Kitchen: [], Key: [], Door: [], Address: [] };

  test.each(moments)(
    'after %i events of each operation ends as if it had not been',
    async (moment) => {
      const StackName = `bistro-${moment}`;
      const { StackId } = await cloudFormation.send(
        new CreateStackCommand({ StackName, TemplateBody: template }),
      );
      const stack = `${StackId}`;
      await killAfter(moment, stack, 0);
      expect(await endOf(stack)).toBe('CREATE_COMPLETE');
      expect(await standing()).toEqual(await told(stack));

      const created = await eventsOf(stack);
      await cloudFormation.send(new UpdateStackCommand({ StackName, TemplateBody: elsewhere }));
      await killAfter(moment, stack, created.length);
      expect(await endOf(stack)).toBe('UPDATE_COMPLETE');
      expect(await standing()).toEqual(await told(stack));

      const updated = await eventsOf(stack);
      await cloudFormation.send(new DeleteStackCommand({ StackName }));
      await killAfter(moment, stack, updated.length);
      expect(await endOf(stack)).toBe('DELETE_COMPLETE');
      expect(await standing()).toEqual(nothing);

      const all = await eventsOf(stack);
      const steps = all.filter((event) => !event.startsWith(StackName));
      expect(steps.length).toBeGreaterThan(25);
      const duplicates = steps.filter((event, at) => steps.indexOf(event) !== at);
      expect(duplicates).toEqual([]);
    },
  );
});
