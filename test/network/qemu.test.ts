import {
  AuthorizeSecurityGroupIngressCommand,
  ModifyInstanceAttributeCommand,
  ModifyInstanceMetadataOptionsCommand,
  RebootInstancesCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { imageDirectory } from '../../src/compute/images/build-image.ts';
import { whyNotUsable as whyNoNamespaces } from '../../src/compute/namespaces/requirements.ts';
import { whyNoTaps } from '../../src/compute/network/requirements.ts';
import { whyNotUsable as whyNoQemu } from '../../src/compute/qemu/requirements.ts';
import { greeting } from './greeting.ts';
import { Internet } from './internet.ts';
import { VpcUnderTest, type Machine } from './vpc-under-test.ts';

const images = imageDirectory();
const obstacles = [await whyNoTaps(), await whyNoQemu(images), await whyNoNamespaces(images)];
const obstacle = obstacles.find((each) => each !== undefined);
if (obstacle !== undefined) console.warn(`SKIPPED: packets of machines in QEMU. ${obstacle}`);

const PATIENCE = { timeout: 30_000, interval: 100 };

/** Counts the answers of the metadata service as they leave its router. */
const LOOK = `
  add table inet look
  add chain inet look out { type filter hook postrouting priority 300; }
  add rule inet look out ip saddr 169.254.169.254 ip ttl 1 counter
  add rule inet look out ip saddr 169.254.169.254 ip ttl 2 counter
`;

/** Two machines in QEMU, and one in namespaces beside them in their subnet. */
describe.skipIf(obstacle !== undefined)('machines in QEMU in a VPC', { timeout: 120_000 }, () => {
  let net: VpcUnderTest;
  let internet: Internet;
  let vpc: string;
  let web: Machine;
  let app: Machine;
  let small: Machine;
  let webGroup: string;
  let appGroup: string;
  let smallGroup: string;

  beforeAll(async () => {
    internet = await Internet.open();
    net = await VpcUnderTest.start('qemu');
    vpc = await net.vpc('10.50.0.0/16');
    const subnet = await net.subnet(vpc, '10.50.1.0/24');
    webGroup = await net.group(vpc, 'web');
    appGroup = await net.group(vpc, 'app');
    smallGroup = await net.group(vpc, 'small');
    [web, app, small] = await Promise.all([
      net.launch(subnet, webGroup, true),
      net.launch(subnet, appGroup),
      net.launch(subnet, smallGroup, false, 'namespaces'),
    ]);
  }, 180_000);

  afterAll(async () => {
    await net?.[Symbol.asyncDispose]();
    await internet?.[Symbol.asyncDispose]();
  });

  const fromGroup = (GroupId: string, from: string) => ({
    GroupId,
    IpPermissions: [
      { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, UserIdGroupPairs: [{ GroupId: from }] },
    ],
  });

  test('have by DHCP what is recorded of them, and nothing else', async () => {
    const seen = await net.run(
      web,
      'ip -4 -o address show eth0; ip route; cat /etc/resolv.conf /sys/class/net/eth0/address',
    );
    expect(seen).toContain(`inet ${web.address}/24`);
    expect(seen).toContain('default via 10.50.1.1 dev eth0');
    expect(seen).toContain('search ec2.internal\nnameserver 169.254.169.253');
    const { NetworkInterfaces } = await net.instance(web.id);
    expect(seen).toContain(NetworkInterfaces?.[0]?.MacAddress);
    const name = `ip-${small.address.replaceAll('.', '-')}.ec2.internal`;
    expect(await net.run(web, `nslookup ${name}`)).toContain(small.address);
  });

  test('let groups in, from QEMU and from namespaces, and nobody else', async () => {
    await expect.poll(net.reach(web, app.address), PATIENCE).toBe(false);
    await net.ec2.send(new AuthorizeSecurityGroupIngressCommand(fromGroup(appGroup, webGroup)));
    await expect.poll(net.reach(web, app.address), PATIENCE).toBe(true);
    await expect.poll(net.reach(small, app.address), PATIENCE).toBe(false);
    await net.ec2.send(new AuthorizeSecurityGroupIngressCommand(fromGroup(appGroup, smallGroup)));
    await expect.poll(net.reach(small, app.address), PATIENCE).toBe(true);
    await expect.poll(net.reach(app, small.address), PATIENCE).toBe(false);
    await net.ec2.send(new AuthorizeSecurityGroupIngressCommand(fromGroup(smallGroup, appGroup)));
    await expect.poll(net.reach(app, small.address), PATIENCE).toBe(true);
    await net.ec2.send(new RevokeSecurityGroupIngressCommand(fromGroup(appGroup, webGroup)));
    await expect.poll(net.reach(web, app.address), PATIENCE).toBe(false);
  });

  test('are reached at a public address where a route and a group let the host', async () => {
    await net.admit(webGroup, '127.0.0.1/32');
    expect(await greeting(web.public)).toBe('');
    await expect.poll(net.reach(web, internet.address), PATIENCE).toBe(false);
    await net.connect(vpc);
    await expect.poll(() => greeting(web.public), PATIENCE).toMatch(/^SSH-/);
    await expect.poll(net.reach(web, internet.address), PATIENCE).toBe(true);
    await expect.poll(net.reach(app, internet.address), PATIENCE).toBe(false);
  });

  test('send from no address of others, unless the check is off', async () => {
    const forged = '10.50.1.99';
    await net.admit(smallGroup, `${forged}/32`);
    const forge = async () => {
      const steps = [
        `ip address add ${forged}/32 dev eth0 2>/dev/null`,
        `ip route replace ${small.address}/32 via 10.50.1.1 src ${forged}`,
        `nc -w 1 ${small.address} 22 </dev/null >/dev/null 2>&1`,
        `ip route delete ${small.address}/32`,
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

  test('ask the metadata service in their VPC, no farther than it lets them', async () => {
    expect(await net.run(app, 'ip route get 169.254.169.254')).toContain('via 10.50.1.1 dev eth0');
    expect(await net.run(app, 'imds meta-data/instance-id')).toBe(app.id);
    const own = { InstanceId: app.id, HttpTokens: 'required' } as const;
    await net.inRouter(app, `nft '${LOOK}'`);
    const answersWith = (hops: number) => async () => {
      await net.run(app, 'imds meta-data/instance-id');
      const said = await net.inRouter(app, 'nft list table inet look');
      return new RegExp(`ip ttl ${hops} counter packets [1-9]`).test(said);
    };
    for (const hops of [1, 2]) {
      expect(await answersWith(hops)()).toBe(false);
      const options = { ...own, HttpPutResponseHopLimit: hops };
      await net.ec2.send(new ModifyInstanceMetadataOptionsCommand(options));
      await expect.poll(answersWith(hops), PATIENCE).toBe(true);
    }
  });

  test('are there again after a reboot', async () => {
    await net.ec2.send(new RebootInstancesCommand({ InstanceIds: [app.id] }));
    await expect.poll(net.reach(small, app.address), PATIENCE).toBe(false);
    await expect.poll(net.reach(small, app.address), { timeout: 60_000 }).toBe(true);
  });
});
