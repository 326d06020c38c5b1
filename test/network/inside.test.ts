import {
  AssociateDhcpOptionsCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateDhcpOptionsCommand,
  CreateVpcEndpointCommand,
  DeleteVpcEndpointsCommand,
  ModifyVpcAttributeCommand,
} from '@aws-sdk/client-ec2';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { imageDirectory } from '../../src/compute/images/build-image.ts';
import { whyNotUsable } from '../../src/compute/namespaces/requirements.ts';
import { HostProcess } from './host-process.ts';
import { VpcUnderTest, type Machine } from './vpc-under-test.ts';

const obstacle = await whyNotUsable(imageDirectory());
if (obstacle !== undefined) console.warn(`SKIPPED: AWS's services inside VPCs. ${obstacle}`);

const PATIENCE = { timeout: 30_000, interval: 100 };
const STS = 'sts.us-east-1.amazonaws.com';
const NAME_SERVERS = ['nameserver 169.254.169.253', 'nameserver 10.40.9.9'];
const DYNAMODB = 'dynamodb.us-east-1.amazonaws.com';

/** A program as its user wrote it for AWS: it knows a region and keys, and no endpoint. */
const PROGRAM = `
  import { DynamoDBClient, CreateTableCommand, GetItemCommand, PutItemCommand, waitUntilTableExists }
    from '@aws-sdk/client-dynamodb';
  import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
  const { Account } = await new STSClient().send(new GetCallerIdentityCommand());
  const dynamodb = new DynamoDBClient();
  const TableName = 'dishes';
  const Key = { name: { S: 'omelette' } };
  await dynamodb.send(new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'name', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'name', KeyType: 'HASH' }],
  }));
  await waitUntilTableExists({ client: dynamodb, minDelay: 1, maxWaitTime: 60 }, { TableName });
  await dynamodb.send(new PutItemCommand({ TableName, Item: { ...Key, eggs: { N: '3' } } }));
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key }));
  console.log(JSON.stringify({ Account, eggs: Item.eggs.N }));
`;

describe.skipIf(obstacle !== undefined)(
  'services of AWS inside a VPC',
  { timeout: 120_000 },
  () => {
    let net: VpcUnderTest;
    let vpc: string;
    let subnet: string;
    let privateSubnet: string;
    let group: string;
    let web: Machine;
    let app: Machine;

    beforeAll(async () => {
      net = await VpcUnderTest.start();
      vpc = await net.vpc('10.40.0.0/16');
      const { DhcpOptions } = await net.ec2.send(
        new CreateDhcpOptionsCommand({
          DhcpConfigurations: [
            { Key: 'domain-name', Values: ['kitchen.example'] },
            { Key: 'domain-name-servers', Values: ['AmazonProvidedDNS', '10.40.9.9'] },
          ],
        }),
      );
      const DhcpOptionsId = DhcpOptions?.DhcpOptionsId;
      await net.ec2.send(new AssociateDhcpOptionsCommand({ VpcId: vpc, DhcpOptionsId }));
      subnet = await net.subnet(vpc, '10.40.1.0/24');
      group = await net.group(vpc, 'machines');
      const inner = await net.subnet(vpc, '10.40.2.0/24');
      [web, app] = await Promise.all([net.launch(subnet, group, true), net.launch(inner, group)]);
      privateSubnet = inner;
    }, 120_000);

    afterAll(async () => {
      await net?.[Symbol.asyncDispose]();
    });

    /** Whether a service answers a machine at its name. */
    const answers = (machine: Machine, name: string) => async () => {
      const request = `printf 'GET / HTTP/1.1\\r\\nHost: ${name}\\r\\nConnection: close\\r\\n\\r\\n'`;
      return (await net.run(machine, `${request} | nc -w 2 ${name} 80 2>&1; true`)).startsWith(
        'HTTP/1.1',
      );
    };

    test('DHCP options say who tells names, where the VPC has DNS', async () => {
      const lines = (await net.run(app, 'cat /etc/resolv.conf')).trim().split('\n');
      expect(lines).toEqual(['search kitchen.example', ...NAME_SERVERS]);
      const name = `ip-${web.address.replaceAll('.', '-')}.ec2.internal`;
      const resolves = async () =>
        (await net.run(app, `timeout 2 nslookup ${name} 2>&1; true`)).includes(web.address);
      expect(await resolves()).toBe(true);
      const dns = (Value: boolean) =>
        net.ec2.send(new ModifyVpcAttributeCommand({ VpcId: vpc, EnableDnsSupport: { Value } }));
      await dns(false);
      await expect.poll(resolves, PATIENCE).toBe(false);
      await dns(true);
      await expect.poll(resolves, PATIENCE).toBe(true);
    });

    test('a gateway endpoint leads to its service where a route table has it', async () => {
      expect(await answers(app, DYNAMODB)()).toBe(false);
      const RouteTableIds = [await net.mainTable(vpc)];
      const ServiceName = 'com.amazonaws.us-east-1.dynamodb';
      const { VpcEndpoint } = await net.ec2.send(
        new CreateVpcEndpointCommand({ VpcId: vpc, ServiceName, RouteTableIds }),
      );
      await expect.poll(answers(app, DYNAMODB), PATIENCE).toBe(true);
      expect(await answers(app, STS)()).toBe(false);
      const VpcEndpointIds = [VpcEndpoint?.VpcEndpointId ?? ''];
      await net.ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds }));
      await expect.poll(answers(app, DYNAMODB), PATIENCE).toBe(false);
    });

    test('an interface endpoint takes the name of its service, and asks its group', async () => {
      const EnableDnsHostnames = { Value: true };
      await net.ec2.send(new ModifyVpcAttributeCommand({ VpcId: vpc, EnableDnsHostnames }));
      const guards = await net.group(vpc, 'endpoint');
      const { VpcEndpoint } = await net.ec2.send(
        new CreateVpcEndpointCommand({
          ...{
            VpcId: vpc,
            ServiceName: 'com.amazonaws.us-east-1.sts',
            VpcEndpointType: 'Interface',
          },
          ...{ SubnetIds: [await net.subnet(vpc, '10.40.3.0/24')], SecurityGroupIds: [guards] },
        }),
      );
      const asked = () => net.run(app, `nslookup ${STS}`);
      await expect.poll(asked, PATIENCE).toMatch(/Address: 10\.40\.3\.\d+/);
      const [{ DnsName = '' } = {}] = VpcEndpoint?.DnsEntries ?? [];
      expect(await net.run(app, `nslookup ${DnsName}`)).toMatch(/Address: 10\.40\.3\.\d+/);
      expect(await answers(app, STS)()).toBe(false);
      const http = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80 };
      const rule = { ...http, UserIdGroupPairs: [{ GroupId: group }] };
      const admit = { GroupId: guards, IpPermissions: [rule] };
      await net.ec2.send(new AuthorizeSecurityGroupIngressCommand(admit));
      await expect.poll(answers(app, STS), PATIENCE).toBe(true);
      expect(await answers(app, DYNAMODB)()).toBe(false);
      const VpcEndpointIds = [VpcEndpoint?.VpcEndpointId ?? ''];
      await net.ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds }));
      await expect.poll(answers(app, STS), PATIENCE).toBe(false);
    });

    test('out of a VPC they are reached with a public address, or by a NAT gateway', async () => {
      expect(await answers(web, STS)()).toBe(false);
      await net.connect(vpc);
      await expect.poll(answers(web, STS), PATIENCE).toBe(true);
      expect(await answers(app, STS)()).toBe(false);
      await net.leadToNat(vpc, { from: privateSubnet, by: subnet });
      await expect.poll(answers(app, STS), PATIENCE).toBe(true);
      // The admin API is no service of AWS.
      const health = `wget -q -O - http://${STS}/_alacarte/health 2>&1; true`;
      expect(await net.run(web, health)).toMatch(/HTTP\/1\.1 40/);
    });

    test('an unmodified program that trusts the authority works with them', async () => {
      await using host = await HostProcess.open(net);
      const authority = await net.run(web, 'cat /etc/ssl/certs/ca-certificates.crt');
      expect(authority.trim()).toBe((await net.authority()).trim());
      const said = await host.run(web, PROGRAM, authority);
      expect(JSON.parse(said)).toEqual({ Account: '000000000000', eggs: '3' });
      await expect(host.run(web, PROGRAM, '')).rejects.toThrow(/certificate/);
    });
  },
);
