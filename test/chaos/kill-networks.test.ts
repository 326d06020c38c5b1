import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AttachNetworkInterfaceCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkInterfaceCommand,
  DescribeInstancesCommand,
  DescribeSecurityGroupRulesCommand,
  EC2Client,
  type Instance,
  RevokeSecurityGroupIngressCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { imageDirectory } from '../../src/compute/images/build-image.ts';
import { Cgroups, findHierarchies } from '../../src/compute/namespaces/cgroups.ts';
import { whyNotUsable } from '../../src/compute/namespaces/requirements.ts';
import { deviceOf } from '../../src/compute/network/addresses.ts';
import { run } from '../../src/compute/run.ts';
import { type ServerProcess, startServer } from '../../tools/server-process.ts';
import { until } from './until.ts';
import { built } from '../built.ts';

const ROUNDS = 20;
const FIRST_PORT = 7000;
const obstacle = await whyNotUsable(imageDirectory());
if (obstacle !== undefined) console.warn(`SKIPPED: networks of a killed server. ${obstacle}`);

describe.skipIf(obstacle !== undefined)(
  'a server that is killed while it changes machines and their network',
  { timeout: 400_000 },
  () => {
    let directory: string;
    let server: ServerProcess;
    let ec2: EC2Client;

    beforeAll(async () => {
      directory = mkdtempSync(join(tmpdir(), 'chaos-'));
      await start();
    }, 60_000);

    afterAll(async () => {
      const ids = (await running()).map(({ InstanceId }) => InstanceId!);
      if (ids.length > 0) await ec2.send(new TerminateInstancesCommand({ InstanceIds: ids }));
      await until(async () => (await onHost()) === '');
      await server.stop();
      rmSync(directory, { recursive: true });
    }, 60_000);

    async function start(): Promise<void> {
      const options = ['--port', '0', '--data-dir', directory, '--compute', 'namespaces'];
      server = await startServer(built, [...options, '--log-level', 'error']);
      ec2 = new EC2Client({
        endpoint: server.endpoint,
        region: 'us-east-1',
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
        maxAttempts: 1,
      });
    }

    async function instances(): Promise<Instance[]> {
      const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({}));
      return Reservations.flatMap((reservation) => reservation.Instances ?? []);
    }

    async function running(): Promise<Instance[]> {
      return (await instances()).filter(({ State }) => State?.Name === 'running');
    }

    /** What the records ask of this host: machines, links, rules, and a router where there are any. */
    async function recorded(): Promise<string> {
      const on = await running();
      if (on.length === 0) return '';
      const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({}));
      const ports = SecurityGroupRules.flatMap(({ FromPort = 0 }) =>
        FromPort >= FIRST_PORT ? String(FromPort) : [],
      );
      return [
        ...on.flatMap(({ InstanceId = '', NetworkInterfaces: cards = [] }) => [
          InstanceId,
          ...cards.map(({ NetworkInterfaceId = '' }) => deviceOf(NetworkInterfaceId)),
        ]),
        ...ports,
        on[0]?.VpcId ?? '',
      ]
        .toSorted()
        .join(' ');
    }

    /** What is on this host. */
    async function onHost(): Promise<string> {
      const groups = new Cgroups(
        (await findHierarchies()).found,
        join(directory, 'namespaces/machines'),
      );
      const machines = [...(await groups.processes()).keys()];
      const found = [...machines];
      for (const name of await routers()) {
        const inside = ['netns', 'exec', name];
        const links = await run('ip', [...inside, 'ip', '-o', 'link']).catch(() => '');
        const rules = await run('ip', [...inside, 'nft', 'list', 'ruleset']).catch(() => '');
        found.push(
          ...[...links.matchAll(/\b(eni\w+)@/g)].map(([, device]) => device!),
          ...new Set([...rules.matchAll(/dport (7\d{3})/g)].map(([, port]) => port!)),
          name.slice(name.indexOf('vpc-')),
        );
      }
      return found.toSorted().join(' ');
    }

    /** The routers that lead to this test's host names: those that its server has made. */
    async function routers(): Promise<string[]> {
      const shown = JSON.parse((await run('ip', ['-j', 'netns', 'list'])) || '[]') as {
        name: string;
      }[];
      const vpcs = new Set((await instances()).map(({ VpcId }) => VpcId));
      return shown
        .map(({ name }) => name)
        .filter((name) => vpcs.has(name.slice(name.indexOf('vpc-'))));
    }

    /** One change of a kind that is drawn: what becomes of it is not waited for. */
    async function order(round: number): Promise<void> {
      const rule = { GroupName: 'default', IpProtocol: 'tcp', CidrIp: '10.0.0.0/8' };
      const port = (number: number) => ({ ...rule, FromPort: number, ToPort: number });
      const [first] = await running();
      const kind = Math.floor(Math.random() * 5);
      if (kind === 0 && first?.InstanceId) {
        await ec2.send(new TerminateInstancesCommand({ InstanceIds: [first.InstanceId] }));
      } else if (kind === 1) {
        await ec2.send(new AuthorizeSecurityGroupIngressCommand(port(FIRST_PORT + round)));
      } else if (kind === 2 && round > 0) {
        await ec2.send(new RevokeSecurityGroupIngressCommand(port(FIRST_PORT + round - 1)));
      } else if (kind === 3 && first) {
        await attach(first, round + 1);
      } else {
        const image = 'resolve:ssm:/aws/service/alacarte/tiny';
        const one = { ImageId: image, InstanceType: 't3.nano', MinCount: 1, MaxCount: 1 } as const;
        await ec2.send(new RunInstancesCommand(one));
      }
    }

    async function attach({ InstanceId, SubnetId }: Instance, DeviceIndex: number): Promise<void> {
      const { NetworkInterface } = await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId }));
      const NetworkInterfaceId = NetworkInterface?.NetworkInterfaceId;
      const to = { InstanceId, NetworkInterfaceId, DeviceIndex };
      await ec2.send(new AttachNetworkInterfaceCommand(to));
    }

    test('has what the records say on the host, and nothing else', async () => {
      for (let round = 0; round < ROUNDS; round++) {
        const orders = [order(round), order(round)].map((each) => each.catch(() => undefined));
        await sleep(Math.random() * 500);
        await server.stop('SIGKILL');
        await Promise.all(orders);
        await start();
        await until(async () =>
          (await instances()).every(({ State }) =>
            ['running', 'terminated'].includes(State?.Name ?? ''),
          ),
        );
        await expect.poll(onHost, { timeout: 15_000 }).toBe(await recorded());
      }
    });
  },
);
