import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AttachNetworkInterfaceCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkInterfaceCommand,
  DescribeSecurityGroupRulesCommand,
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
import { KillableCloud } from './killable-cloud.ts';
import { until } from './until.ts';

const ROUNDS = 20;
const FIRST_PORT = 7000;
const obstacle = await whyNotUsable(imageDirectory());
if (obstacle !== undefined) console.warn(`SKIPPED: networks of a killed server. ${obstacle}`);

describe.skipIf(obstacle !== undefined)(
  'a server that is killed while it changes machines and their network',
  { timeout: 400_000 },
  () => {
    let cloud: KillableCloud;

    beforeAll(async () => {
      cloud = await KillableCloud.start('namespaces');
    }, 60_000);

    afterAll(async () => {
      const ids = (await running()).map(({ InstanceId }) => InstanceId!);
      if (ids.length > 0) await cloud.ec2.send(new TerminateInstancesCommand({ InstanceIds: ids }));
      await until(async () => (await onHost()) === '');
      await cloud.end();
    }, 60_000);

    async function running(): Promise<Instance[]> {
      return (await cloud.instances()).filter(({ State }) => State?.Name === 'running');
    }

    /** What the records ask of this host: machines, links, rules, and a router where there are any. */
    async function recorded(): Promise<string> {
      const on = await running();
      if (on.length === 0) return '';
      const { SecurityGroupRules = [] } = await cloud.ec2.send(
        new DescribeSecurityGroupRulesCommand({}),
      );
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
        join(cloud.directory, 'namespaces/machines'),
      );
      const machines = [...(await groups.processes()).keys()];
      const found = [...machines];
      for (const name of await cloud.routers()) {
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

    /** One change of a kind that is drawn: what becomes of it is not waited for. */
    async function order(round: number): Promise<void> {
      const rule = { GroupName: 'default', IpProtocol: 'tcp', CidrIp: '10.0.0.0/8' };
      const port = (number: number) => ({ ...rule, FromPort: number, ToPort: number });
      const [first] = await running();
      const kind = Math.floor(Math.random() * 5);
      if (kind === 0 && first?.InstanceId) {
        await cloud.ec2.send(new TerminateInstancesCommand({ InstanceIds: [first.InstanceId] }));
      } else if (kind === 1) {
        await cloud.ec2.send(new AuthorizeSecurityGroupIngressCommand(port(FIRST_PORT + round)));
      } else if (kind === 2 && round > 0) {
        await cloud.ec2.send(new RevokeSecurityGroupIngressCommand(port(FIRST_PORT + round - 1)));
      } else if (kind === 3 && first) {
        await attach(first, round + 1);
      } else {
        const image = 'resolve:ssm:/aws/service/alacarte/tiny';
        const one = { ImageId: image, InstanceType: 't3.nano', MinCount: 1, MaxCount: 1 } as const;
        await cloud.ec2.send(new RunInstancesCommand(one));
      }
    }

    async function attach({ InstanceId, SubnetId }: Instance, DeviceIndex: number): Promise<void> {
      const { NetworkInterface } = await cloud.ec2.send(
        new CreateNetworkInterfaceCommand({ SubnetId }),
      );
      const NetworkInterfaceId = NetworkInterface?.NetworkInterfaceId;
      const to = { InstanceId, NetworkInterfaceId, DeviceIndex };
      await cloud.ec2.send(new AttachNetworkInterfaceCommand(to));
    }

    test('has what the records say on the host, and nothing else', async () => {
      for (let round = 0; round < ROUNDS; round++) {
        const orders = [order(round), order(round)].map((each) => each.catch(() => undefined));
        await sleep(Math.random() * 500);
        await cloud.kill();
        await Promise.all(orders);
        await cloud.start();
        await until(async () =>
          (await cloud.instances()).every(({ State }) =>
            ['running', 'terminated'].includes(State?.Name ?? ''),
          ),
        );
        await expect.poll(onHost, { timeout: 15_000 }).toBe(await recorded());
      }
    });
  },
);
