import { existsSync } from 'node:fs';
import {
  AssignIpv6AddressesCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateEgressOnlyInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateNetworkAclEntryCommand,
  CreateRouteCommand,
  DeleteNetworkAclEntryCommand,
  DeleteRouteCommand,
  DescribeNetworkAclsCommand,
  RevokeSecurityGroupIngressCommand,
  UnassignIpv6AddressesCommand,
  type IpPermission,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { imageDirectory } from '../../src/compute/images/build-image.ts';
import { whyNotUsable } from '../../src/compute/namespaces/requirements.ts';
import { run } from '../../src/compute/run.ts';
import { processOf } from './behind.ts';
import { greeting } from './greeting.ts';
import { Internet } from './internet.ts';
import { VpcUnderTest, type Machine } from './vpc-under-test.ts';

const obstacle = existsSync('/proc/sys/net/ipv6/conf/lo/force_forwarding')
  ? await whyNotUsable(imageDirectory())
  : 'This kernel cannot pass on IPv6 packets of some devices only.';
if (obstacle !== undefined) console.warn(`SKIPPED: IPv6 of VPCs. ${obstacle}`);

const PATIENCE = { timeout: 30_000, interval: 100 };

/** Every refusal has a twin that passes once the rule that stops it is changed. */
describe.skipIf(obstacle !== undefined)('IPv6 in a VPC', { timeout: 120_000 }, () => {
  let net: VpcUnderTest;
  let internet: Internet;
  let vpc: string;
  let webGroup: string;
  let appGroup: string;
  let web: Machine;
  let app: Machine;

  const ssh = (rule: IpPermission) => ({ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, ...rule });
  const admit = (GroupId: string, rule: IpPermission) =>
    net.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [ssh(rule)] }));
  const refuse = (GroupId: string, rule: IpPermission) =>
    net.ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: [ssh(rule)] }));

  beforeAll(async () => {
    internet = await Internet.open();
    net = await VpcUnderTest.start();
    const made = await net.dualStack('10.60');
    ({ vpc } = made);
    [webGroup, appGroup] = [await net.group(vpc, 'web'), await net.group(vpc, 'app')];
    const card = { DeviceIndex: 0, Ipv6AddressCount: 1 };
    [web, app] = await Promise.all([
      net.launchWith([{ ...card, SubnetId: made.subnets[0], Groups: [webGroup] }]),
      net.launchWith([{ ...card, SubnetId: made.subnets[1], Groups: [appGroup] }]),
    ]);
  }, 120_000);

  afterAll(async () => {
    await net?.[Symbol.asyncDispose]();
    await internet?.[Symbol.asyncDispose]();
  });

  test('groups let in blocks and other groups, and nobody else', async () => {
    await expect.poll(net.reach(web, app.ipv6), PATIENCE).toBe(false);
    const block = { Ipv6Ranges: [{ CidrIpv6: `${web.ipv6}/128` }] };
    await admit(appGroup, block);
    await expect.poll(net.reach(web, app.ipv6), PATIENCE).toBe(true);
    expect(await net.reach(web, app.address)()).toBe(false);
    await refuse(appGroup, block);
    await expect.poll(net.reach(web, app.ipv6), PATIENCE).toBe(false);
    await admit(appGroup, { UserIdGroupPairs: [{ GroupId: webGroup }] });
    await expect.poll(net.reach(web, app.ipv6), PATIENCE).toBe(true);
    expect(await net.reach(app, web.ipv6)()).toBe(false);
  });

  test('an ACL refuses what its entries say', async () => {
    const { NetworkAcls } = await net.ec2.send(
      new DescribeNetworkAclsCommand({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] }),
    );
    const entry = { NetworkAclId: NetworkAcls?.[0]?.NetworkAclId, RuleNumber: 50, Egress: false };
    const rule = { Ipv6CidrBlock: `${web.ipv6}/128`, Protocol: '6', RuleAction: 'deny' } as const;
    const PortRange = { From: 22, To: 22 };
    await net.ec2.send(new CreateNetworkAclEntryCommand({ ...entry, ...rule, PortRange }));
    await expect.poll(net.reach(web, app.ipv6), PATIENCE).toBe(false);
    await net.ec2.send(new DeleteNetworkAclEntryCommand(entry));
    await expect.poll(net.reach(web, app.ipv6), PATIENCE).toBe(true);
  });

  test('an address is there as long as it is assigned', async () => {
    const { NetworkInterfaces: [card] = [] } = await net.instance(app.id);
    const NetworkInterfaceId = card?.NetworkInterfaceId;
    const { AssignedIpv6Addresses: [further = ''] = [] } = await net.ec2.send(
      new AssignIpv6AddressesCommand({ NetworkInterfaceId, Ipv6AddressCount: 1 }),
    );
    await expect.poll(net.reach(web, further), PATIENCE).toBe(true);
    await net.ec2.send(
      new UnassignIpv6AddressesCommand({ NetworkInterfaceId, Ipv6Addresses: [further] }),
    );
    await expect.poll(net.reach(web, further), PATIENCE).toBe(false);
    expect(await net.reach(web, app.ipv6)()).toBe(true);
  });

  test('nobody sends from an address of others', async () => {
    const forged = web.ipv6.replace(/[^:]*$/, 'beef');
    await admit(appGroup, { Ipv6Ranges: [{ CidrIpv6: `${forged}/128` }] });
    const inside = ['--target', await processOf(web.id), '--net', 'sh', '-c'];
    const forge = async (source: string) => {
      const way = `route replace ${app.ipv6}/128 via fe80::1 dev eth0 src ${source}`;
      await run('nsenter', [
        ...inside,
        `ip -6 address replace ${source}/128 dev eth0 nodad && ip -6 ${way}`,
      ]);
      await net.reach(web, app.ipv6)();
      await run('nsenter', [...inside, `ip -6 route delete ${app.ipv6}/128`]);
      const seen = await net.inRouter(web, 'cat /proc/net/nf_conntrack');
      const last = source.split(':').at(-1)?.padStart(4, '0');
      return seen.split('\n').filter((line) => line.includes(`:${last} dst=`));
    };
    expect(await forge(forged)).toEqual([]);
    await run('nsenter', [...inside, `ip -6 address delete ${forged}/128 dev eth0`]);
    expect(await forge(web.ipv6)).not.toEqual([]);
  });

  test('an egress-only gateway lets out and not in, an internet gateway both', async () => {
    const RouteTableId = await net.mainTable(vpc);
    const everywhere = { RouteTableId, DestinationIpv6CidrBlock: '::/0' };
    await admit(webGroup, { Ipv6Ranges: [{ CidrIpv6: '::1/128' }] });
    expect(await net.reach(web, internet.ipv6Address)()).toBe(false);
    const { EgressOnlyInternetGateway: only } = await net.ec2.send(
      new CreateEgressOnlyInternetGatewayCommand({ VpcId: vpc }),
    );
    const { EgressOnlyInternetGatewayId } = only ?? {};
    await net.ec2.send(new CreateRouteCommand({ ...everywhere, EgressOnlyInternetGatewayId }));
    await expect.poll(net.reach(web, internet.ipv6Address), PATIENCE).toBe(true);
    expect(await greeting(web.ipv6)).toBe('');
    await net.ec2.send(new DeleteRouteCommand(everywhere));
    await expect.poll(net.reach(web, internet.ipv6Address), PATIENCE).toBe(false);
    const { InternetGateway } = await net.ec2.send(new CreateInternetGatewayCommand({}));
    const GatewayId = InternetGateway?.InternetGatewayId;
    await net.ec2.send(
      new AttachInternetGatewayCommand({ InternetGatewayId: GatewayId, VpcId: vpc }),
    );
    await net.ec2.send(new CreateRouteCommand({ ...everywhere, GatewayId }));
    await expect.poll(() => greeting(web.ipv6), PATIENCE).toMatch(/^SSH-/);
    expect(await net.reach(web, internet.ipv6Address)()).toBe(true);
    expect(await greeting(app.ipv6)).toBe('');
  });
});
