import {
  DescribeInstanceStatusCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSubnetsCommand,
  EC2Client,
  RunInstancesCommand,
  StopInstancesCommand,
  type DescribeInstancesCommandInput,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';
import { instanceFilters } from '../domain/instances/filters.ts';

let cloud: TestCloud;
let ec2: EC2Client;
/** Four of the role web and three of the role db, of which one is stopped. */
let web: string[];
let db: string[];

beforeAll(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
  web = await launch('web', 4, 't3.micro');
  db = await launch('db', 3, 't4g.small');
  await cloud.inside.workflows.settled();
  await ec2.send(new StopInstancesCommand({ InstanceIds: [db[0]!] }));
  await vi.waitFor(oneIsStopped, { interval: 5 });
});
afterAll(() => cloud[Symbol.asyncDispose]());

async function oneIsStopped(): Promise<void> {
  const stopped = await find(['instance-state-name', 'stopped']);
  if (stopped.length !== 1) throw new Error('not yet');
}

async function launch(role: string, count: number, type: 't3.micro' | 't4g.small') {
  const architecture = type === 't3.micro' ? 'amd64' : 'arm64';
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId: `resolve:ssm:/aws/service/debian/release/12/latest/${architecture}`,
      InstanceType: type,
      MinCount: count,
      MaxCount: count,
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'role', Value: role }] }],
    }),
  );
  return Instances!.map((each) => each.InstanceId!);
}

async function ask(input: DescribeInstancesCommandInput) {
  const { Reservations, NextToken } = await ec2.send(new DescribeInstancesCommand(input));
  const instances = Reservations!.flatMap((each) => each.Instances!);
  return { ids: instances.map((each) => each.InstanceId!), instances, Reservations, NextToken };
}

async function find(...filters: [string, ...string[]][]): Promise<string[]> {
  return (await ask({ Filters: filters.map(([Name, ...Values]) => ({ Name, Values })) })).ids;
}

function status(Name: string, value: string) {
  return ec2.send(
    new DescribeInstanceStatusCommand({
      IncludeAllInstances: true,
      Filters: [{ Name, Values: [value] }],
    }),
  );
}

describe('DescribeInstances', () => {
  it('keeps the instances of one launch together', async () => {
    const { Reservations } = await ask({});
    const sizes = Reservations!.map((each) => each.Instances!.length);
    expect(new Set(sizes)).toEqual(new Set([3, 4]));
  });

  it('pages over instances', async () => {
    const seen: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await ask({ MaxResults: 5, ...(NextToken && { NextToken }) });
      expect(page.ids.length).toBeLessThanOrEqual(5);
      seen.push(...page.ids);
      NextToken = page.NextToken;
    } while (NextToken);
    expect(seen.toSorted()).toEqual([...web, ...db].toSorted());
  });

  it('finds by tag, type, architecture, state and several at once', async () => {
    expect((await find(['tag:role', 'web'])).toSorted()).toEqual(web.toSorted());
    expect(await find(['tag:role', 'w*', 'd?'])).toHaveLength(7);
    expect(await find(['tag-key', 'role'], ['instance-type', 't4g.*'])).toHaveLength(3);
    expect(await find(['architecture', 'arm64'], ['instance-state-name', 'running'])).toHaveLength(
      2,
    );
    expect(await find(['tag:role', 'nobody'])).toEqual([]);
  });

  it('finds by what is inside', async () => {
    const [first] = (await ask({ InstanceIds: [web[0]!] })).instances;
    const card = first!.NetworkInterfaces![0]!;
    const own: [string, string][] = [
      ['private-ip-address', first!.PrivateIpAddress!],
      ['ip-address', first!.PublicIpAddress!],
      ['network-interface.addresses.private-ip-address', first!.PrivateIpAddress!],
      ['network-interface.mac-address', card.MacAddress!],
      ['network-interface.network-interface-id', card.NetworkInterfaceId!],
      ['block-device-mapping.volume-id', first!.BlockDeviceMappings![0]!.Ebs!.VolumeId!],
      ['instance-id', web[0]!],
    ];
    for (const filter of own) expect(await find(filter)).toEqual([web[0]]);
    expect(await find(['launch-time', '2026-11-23T*'])).toHaveLength(7);
    expect(await find(['launch-index', '3'])).toHaveLength(1);
    expect(await find(['vpc-id', first!.VpcId!])).toHaveLength(7);
  });

  it('knows every filter that AWS documents, and no other', async () => {
    for (const name of Object.keys(instanceFilters)) {
      expect(Array.isArray(await find([name, 'nothing-has-this']))).toBe(true);
    }
    await expect(find(['colour', 'red'])).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: "The filter 'colour' is invalid",
    });
  });

  it('does not page over what is named', async () => {
    await expect(ask({ InstanceIds: web, MaxResults: 5 })).rejects.toMatchObject({
      name: 'InvalidParameterCombination',
      message: 'The parameter instancesSet cannot be used with the parameter maxResults',
    });
    expect((await ask({ InstanceIds: web })).ids).toHaveLength(4);
  });
});

describe('DescribeInstanceStatus', () => {
  it('shows running ones, and with IncludeAllInstances all', async () => {
    const running = await ec2.send(new DescribeInstanceStatusCommand({}));
    expect(running.InstanceStatuses).toHaveLength(6);
    expect(running.InstanceStatuses![0]!.InstanceStatus).toEqual({
      Status: 'ok',
      Details: [{ Name: 'reachability', Status: 'passed' }],
    });
    const all = await ec2.send(new DescribeInstanceStatusCommand({ IncludeAllInstances: true }));
    expect(all.InstanceStatuses).toHaveLength(7);
    const stopped = await ec2.send(new DescribeInstanceStatusCommand({ InstanceIds: [db[0]!] }));
    expect(stopped.InstanceStatuses).toEqual([]);
  });

  it('finds by status', async () => {
    expect((await status('instance-status.status', 'ok')).InstanceStatuses).toHaveLength(6);
    expect((await status('instance-state-name', 'stopped')).InstanceStatuses).toHaveLength(1);
    await expect(status('status', 'ok')).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });
});

describe('the interfaces of instances', () => {
  it('are resources of their own and take addresses of the subnet', async () => {
    const { NetworkInterfaces } = await ec2.send(
      new DescribeNetworkInterfacesCommand({
        Filters: [{ Name: 'attachment.instance-id', Values: web }],
      }),
    );
    expect(NetworkInterfaces).toHaveLength(4);
    const { Subnets } = await ec2.send(
      new DescribeSubnetsCommand({ SubnetIds: [NetworkInterfaces![0]!.SubnetId!] }),
    );
    // A /20 less the five that AWS keeps and the seven that run here.
    expect(Subnets![0]!.AvailableIpAddressCount).toBe(4096 - 5 - 7);
  });
});
