import {
  AcceptVpcPeeringConnectionCommand,
  AllocateAddressCommand,
  AssociateAddressCommand,
  AssociateRouteTableCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateNatGatewayCommand,
  CreateNetworkAclEntryCommand,
  CreateRouteCommand,
  type CreateRouteCommandInput,
  CreateRouteTableCommand,
  CreateVpcPeeringConnectionCommand,
  DeleteNetworkAclEntryCommand,
  DeleteRouteCommand,
  DescribeNetworkAclsCommand,
  ModifyInstanceAttributeCommand,
  ModifyInstanceMetadataOptionsCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { imageDirectory } from '../../src/compute/images/build-image.ts';
import { doorOf } from '../../src/compute/network/addresses.ts';
import { whyNotUsable } from '../../src/compute/namespaces/requirements.ts';
import { Behind } from './behind.ts';
import { greeting } from './greeting.ts';
import { Internet } from './internet.ts';
import { VpcUnderTest, type Machine } from './vpc-under-test.ts';

const obstacle = await whyNotUsable(imageDirectory());
if (obstacle !== undefined) console.warn(`SKIPPED: packets of VPCs. ${obstacle}`);

const PATIENCE = { timeout: 30_000, interval: 100 };

/** Every refusal has a twin that passes once the rule that stops it is changed. */
describe.skipIf(obstacle !== undefined)('packets in a VPC', { timeout: 180_000 }, () => {
  let net: VpcUnderTest;
  let internet: Internet;
  let vpc: string;
  let publicSubnet: string;
  let privateSubnet: string;
  let web: Machine;
  let app: Machine;
  let data: Machine;
  let webGroup: string;
  let appGroup: string;
  let toNat: CreateRouteCommandInput;
  let natAddress: string;

  beforeAll(async () => {
    internet = await Internet.open();
    net = await VpcUnderTest.start();
    vpc = await net.vpc('10.20.0.0/16');
    publicSubnet = await net.subnet(vpc, '10.20.1.0/24');
    privateSubnet = await net.subnet(vpc, '10.20.2.0/24');
    webGroup = await net.group(vpc, 'web');
    appGroup = await net.group(vpc, 'app');
    [web, app, data] = await Promise.all([
      net.launch(publicSubnet, webGroup, true),
      net.launch(publicSubnet, appGroup),
      net.launch(privateSubnet, appGroup),
    ]);
  }, 180_000);

  afterAll(async () => {
    await net?.[Symbol.asyncDispose]();
    await internet?.[Symbol.asyncDispose]();
  });

  test('a group lets another group in, and nobody else', async () => {
    await expect.poll(net.reach(web, app.address), PATIENCE).toBe(false);
    const fromWeb = {
      GroupId: appGroup,
      IpPermissions: [
        { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, UserIdGroupPairs: [{ GroupId: webGroup }] },
      ],
    };
    await net.ec2.send(new AuthorizeSecurityGroupIngressCommand(fromWeb));
    await expect.poll(net.reach(web, app.address), PATIENCE).toBe(true);
    await expect.poll(net.reach(web, data.address), PATIENCE).toBe(true);
    await expect.poll(net.reach(data, app.address), PATIENCE).toBe(false);
    await net.ec2.send(new RevokeSecurityGroupIngressCommand(fromWeb));
    await expect.poll(net.reach(web, app.address), PATIENCE).toBe(false);
  });

  test('a block lets in whom it holds', async () => {
    const block = { GroupId: appGroup, IpProtocol: 'tcp', FromPort: 22, ToPort: 22 };
    const one = { ...block, CidrIp: `${web.address}/32` };
    await net.ec2.send(new AuthorizeSecurityGroupIngressCommand(one));
    await expect.poll(net.reach(web, data.address), PATIENCE).toBe(true);
    await expect.poll(net.reach(app, data.address), PATIENCE).toBe(false);
    await net.ec2.send(new RevokeSecurityGroupIngressCommand(one));
    await net.admit(appGroup, '10.20.0.0/16');
    await expect.poll(net.reach(app, data.address), PATIENCE).toBe(true);
  });

  test('the entry of an ACL with the lowest number decides, and answers need one too', async () => {
    const { NetworkAcls } = await net.ec2.send(
      new DescribeNetworkAclsCommand({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] }),
    );
    const entry = { NetworkAclId: NetworkAcls?.[0]?.NetworkAclId, RuleNumber: 50 };
    const from = { CidrBlock: `${web.address}/32`, Protocol: '6', RuleAction: 'deny' } as const;
    const ssh = { ...entry, ...from, Egress: false, PortRange: { From: 22, To: 22 } };
    await expect.poll(net.reach(web, data.address), PATIENCE).toBe(true);
    await net.ec2.send(new CreateNetworkAclEntryCommand(ssh));
    await expect.poll(net.reach(web, data.address), PATIENCE).toBe(false);
    // Within a subnet no ACL is asked.
    await expect.poll(net.reach(web, app.address), PATIENCE).toBe(true);
    const before = { ...ssh, RuleNumber: 40, RuleAction: 'allow' } as const;
    await net.ec2.send(new CreateNetworkAclEntryCommand(before));
    await expect.poll(net.reach(web, data.address), PATIENCE).toBe(true);
    const answers = {
      ...{ ...entry, ...from, Egress: true },
      PortRange: { From: 1024, To: 65_535 },
    };
    await net.ec2.send(new CreateNetworkAclEntryCommand(answers));
    await expect.poll(net.reach(web, data.address), PATIENCE).toBe(false);
    for (const { RuleNumber, Egress } of [ssh, before, answers]) {
      const gone = { NetworkAclId: entry.NetworkAclId, RuleNumber, Egress };
      await net.ec2.send(new DeleteNetworkAclEntryCommand(gone));
    }
    await expect.poll(net.reach(web, data.address), PATIENCE).toBe(true);
  });

  test('the host gets in where a route and a group let it', async () => {
    await net.admit(webGroup, '127.0.0.1/32');
    expect(await greeting(web.public)).toBe('');
    await net.connect(vpc);
    await expect.poll(() => greeting(web.public), PATIENCE).toMatch(/^SSH-/);
    const fromHost = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '127.0.0.1/32' };
    await net.ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: webGroup, ...fromHost }));
    await expect.poll(() => greeting(web.public), PATIENCE).toBe('');
  });

  test('out to the internet goes who has a public address, or a NAT gateway', async () => {
    await expect.poll(net.reach(web, internet.address), PATIENCE).toBe(true);
    await expect.poll(net.reach(app, internet.address), PATIENCE).toBe(false);
    const { RouteTable } = await net.ec2.send(new CreateRouteTableCommand({ VpcId: vpc }));
    const RouteTableId = RouteTable?.RouteTableId ?? '';
    await net.ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId: privateSubnet }));
    await expect.poll(net.reach(data, internet.address), PATIENCE).toBe(false);
    const { AllocationId, PublicIp = '' } = await net.ec2.send(new AllocateAddressCommand({}));
    const { NatGateway } = await net.ec2.send(
      new CreateNatGatewayCommand({ SubnetId: publicSubnet, AllocationId }),
    );
    const NatGatewayId = NatGateway?.NatGatewayId;
    const out = { RouteTableId, DestinationCidrBlock: '0.0.0.0/0' };
    toNat = { ...out, NatGatewayId };
    natAddress = PublicIp;
    await net.ec2.send(new CreateRouteCommand(toNat));
    await expect.poll(net.reach(data, internet.address), PATIENCE).toBe(true);
    // Nobody comes in by it.
    expect(await greeting(PublicIp)).toBe('');
    await net.ec2.send(new DeleteRouteCommand(out));
    await expect.poll(net.reach(data, internet.address), PATIENCE).toBe(false);
    await expect.poll(net.reach(data, app.address), PATIENCE).toBe(true);
  });

  test('public addresses lead to machines from inside too, with a public address', async () => {
    const { AllocationId, PublicIp = '' } = await net.ec2.send(new AllocateAddressCommand({}));
    await net.ec2.send(new AssociateAddressCommand({ AllocationId, InstanceId: app.id }));
    await expect.poll(net.reach(app, internet.address), PATIENCE).toBe(true);
    // Its group lets in the whole VPC, and no other.
    expect(await net.reach(web, app.address)()).toBe(true);
    expect(await net.reach(web, PublicIp)()).toBe(false);
    await net.admit(appGroup, `${web.public}/32`);
    await expect.poll(net.reach(web, PublicIp), PATIENCE).toBe(true);
    expect(await net.reach(data, PublicIp)()).toBe(false);
    await net.ec2.send(new CreateRouteCommand(toNat));
    expect(await net.reach(data, PublicIp)()).toBe(false);
    await net.admit(appGroup, `${natAddress}/32`);
    await expect.poll(net.reach(data, PublicIp), PATIENCE).toBe(true);
    await net.ec2.send(new DeleteRouteCommand(toNat));
    // The way in that no rule closes is the host's only.
    const door = doorOf(app.id);
    const way = `${door}/32 via 10.20.1.1 dev eth0 table local`;
    await net.run(web, `sudo ip route add ${way}`);
    expect(await net.reach(web, door)()).toBe(false);
    expect(await greeting(door)).toMatch(/^SSH-/);
  });

  test('VPCs that are peers reach one another by their routes', async () => {
    const other = await net.vpc('10.30.0.0/16');
    const group = await net.group(other, 'peer');
    await net.admit(group, '10.20.0.0/16');
    const peer = await net.launch(await net.subnet(other, '10.30.1.0/24'), group);
    const { VpcPeeringConnection } = await net.ec2.send(
      new CreateVpcPeeringConnectionCommand({ VpcId: vpc, PeerVpcId: other }),
    );
    const VpcPeeringConnectionId = VpcPeeringConnection?.VpcPeeringConnectionId;
    await net.ec2.send(new AcceptVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));
    const there = {
      ...{ RouteTableId: await net.mainTable(vpc), DestinationCidrBlock: '10.30.0.0/16' },
      VpcPeeringConnectionId,
    };
    await net.ec2.send(new CreateRouteCommand(there));
    await expect.poll(net.reach(web, peer.address), PATIENCE).toBe(false);
    const back = {
      ...{ RouteTableId: await net.mainTable(other), DestinationCidrBlock: '10.20.0.0/16' },
      VpcPeeringConnectionId,
    };
    await net.ec2.send(new CreateRouteCommand(back));
    await expect.poll(net.reach(web, peer.address), PATIENCE).toBe(true);
    await expect.poll(net.reach(peer, web.address), PATIENCE).toBe(false);
  });

  test('nobody sends from an address of others, unless the check is off', async () => {
    const forged = '10.20.1.99';
    await net.admit(appGroup, `${forged}/32`);
    const forge = async () => {
      const steps = [
        `ip address add ${forged}/32 dev eth0 2>/dev/null`,
        `ip route replace ${app.address}/32 via 10.20.1.1 src ${forged}`,
        `nc -w 1 ${app.address} 22 </dev/null >/dev/null 2>&1`,
        `ip route delete ${app.address}/32`,
      ];
      await net.run(web, `sudo sh -c '${steps.join('; ')}'`);
      return await net.inRouter(web, `grep -c ${forged} /proc/net/nf_conntrack; true`);
    };
    expect(await forge()).toBe('0\n');
    await net.ec2.send(
      new ModifyInstanceAttributeCommand({ InstanceId: web.id, SourceDestCheck: { Value: false } }),
    );
    await expect.poll(forge, PATIENCE).not.toBe('0\n');
  });

  test('metadata goes as many hops as it may', async () => {
    await using behind = await Behind.open(app.id);
    const options = { InstanceId: app.id, HttpTokens: 'required' } as const;
    const hops = (HttpPutResponseHopLimit: number) =>
      net.ec2.send(
        new ModifyInstanceMetadataOptionsCommand({ ...options, HttpPutResponseHopLimit }),
      );
    await hops(1);
    await expect.poll(() => behind.getsToken(), PATIENCE).toBe(false);
    expect(await net.run(app, 'imds meta-data/instance-id')).toBe(app.id);
    await hops(2);
    await expect.poll(() => behind.getsToken(), PATIENCE).toBe(true);
  });

  test('names of machines lead to them', async () => {
    const name = `ip-${data.address.replaceAll('.', '-')}.ec2.internal`;
    expect(await net.run(web, `nslookup ${name}`)).toContain(`Address: ${data.address}`);
    expect(await net.run(web, `nslookup ${data.address}`)).toContain(name);
    expect(await net.run(web, 'nslookup ip-10-20-9-9.ec2.internal 2>&1; true')).toContain(
      'NXDOMAIN',
    );
  });
});
