import {
  AllocateAddressCommand,
  AssignPrivateIpAddressesCommand,
  AssociateAddressCommand,
  AttachNetworkInterfaceCommand,
  CreateNetworkInterfaceCommand,
  DetachNetworkInterfaceCommand,
  RebootInstancesCommand,
  RevokeSecurityGroupIngressCommand,
  TerminateInstancesCommand,
  UnassignPrivateIpAddressesCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { imageDirectory } from '../../src/compute/images/build-image.ts';
import { whyNotUsable as whyNoNamespaces } from '../../src/compute/namespaces/requirements.ts';
import { whyNoTaps } from '../../src/compute/network/requirements.ts';
import { whyNotUsable as whyNoQemu } from '../../src/compute/qemu/requirements.ts';
import { greeting } from './greeting.ts';
import { VpcUnderTest, type Machine } from './vpc-under-test.ts';

const images = imageDirectory();
const obstacles = {
  namespaces: await whyNoNamespaces(images),
  qemu: (await whyNoTaps()) ?? (await whyNoQemu(images)),
};

const PATIENCE = { timeout: 30_000, interval: 100 };

describe.each(['namespaces', 'qemu'] as const)('a further interface, in %s', (driver) => {
  const obstacle = obstacles[driver];
  if (obstacle !== undefined) console.warn(`SKIPPED: further interfaces in ${driver}. ${obstacle}`);

  describe.skipIf(obstacle !== undefined)('of a machine that is on', { timeout: 120_000 }, () => {
    let net: VpcUnderTest;
    let vpc: string;
    let first: string;
    let second: string;
    let asker: Machine;
    let machine: Machine;
    let open: string;
    let NetworkInterfaceId: string;
    let AttachmentId: string;
    let address: string;

    const inside = (command: string) => net.run(machine, command);

    beforeAll(async () => {
      net = await VpcUnderTest.start(driver);
      vpc = await net.vpc('10.40.0.0/16');
      first = await net.subnet(vpc, '10.40.1.0/24');
      second = await net.subnet(vpc, '10.40.2.0/24');
      open = await net.group(vpc, 'open');
      const shut = await net.group(vpc, 'shut');
      await net.admit(open, '10.40.0.0/16');
      [asker, machine] = await Promise.all([net.launch(first, open), net.launch(first, shut)]);
      const { NetworkInterface } = await net.ec2.send(
        new CreateNetworkInterfaceCommand({ SubnetId: second, Groups: [open] }),
      );
      NetworkInterfaceId = NetworkInterface?.NetworkInterfaceId ?? '';
      address = NetworkInterface?.PrivateIpAddress ?? '';
    }, 120_000);

    afterAll(() => net?.[Symbol.asyncDispose]());

    test('has its own subnet and groups', async () => {
      expect(await net.reach(asker, address)()).toBe(false);
      const attachment = { NetworkInterfaceId, InstanceId: machine.id, DeviceIndex: 1 };
      const attached = await net.ec2.send(new AttachNetworkInterfaceCommand(attachment));
      AttachmentId = attached.AttachmentId ?? '';
      await expect.poll(net.reach(asker, address), PATIENCE).toBe(true);
      expect(await net.reach(asker, machine.address)()).toBe(false);
      const rule = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '10.40.0.0/16' };
      await net.ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: open, ...rule }));
      await expect.poll(net.reach(asker, address), PATIENCE).toBe(false);
      await net.admit(open, '10.40.0.0/16');
      await expect.poll(net.reach(asker, address), PATIENCE).toBe(true);
    });

    test('is told of to its machine', async () => {
      const mac = (await inside('cat /sys/class/net/eth1/address')).trim();
      const macs = 'meta-data/network/interfaces/macs/';
      expect((await inside(`imds ${macs}`)).split('\n')).toContain(`${mac}/`);
      expect(await inside(`imds ${macs}${mac}/device-number`)).toBe('1');
      expect(await inside(`imds ${macs}${mac}/local-ipv4s`)).toBe(address);
      expect(await inside(`imds ${macs}${mac}/subnet-ipv4-cidr-block`)).toBe('10.40.2.0/24');
    });

    test('is reached at a further address as long as it has that', async () => {
      const { AssignedPrivateIpAddresses: [assigned] = [] } = await net.ec2.send(
        new AssignPrivateIpAddressesCommand({
          NetworkInterfaceId,
          SecondaryPrivateIpAddressCount: 1,
        }),
      );
      const further = assigned?.PrivateIpAddress ?? '';
      expect(await net.reach(asker, further)()).toBe(false);
      // The guest takes it by itself, as on AWS.
      await inside(`sudo ip address add ${further}/24 dev eth1`);
      await inside(`sudo ip rule add from ${further} lookup 101`);
      await expect.poll(net.reach(asker, further), PATIENCE).toBe(true);
      const PrivateIpAddresses = [further];
      await net.ec2.send(
        new UnassignPrivateIpAddressesCommand({ NetworkInterfaceId, PrivateIpAddresses }),
      );
      await expect.poll(net.reach(asker, further), PATIENCE).toBe(false);
      expect(await net.reach(asker, address)()).toBe(true);
    });

    test('has an elastic IP', async () => {
      await net.connect(vpc);
      await net.admit(open, '127.0.0.1/32');
      const { AllocationId, PublicIp = '' } = await net.ec2.send(new AllocateAddressCommand({}));
      expect(await greeting(PublicIp)).toBe('');
      await net.ec2.send(new AssociateAddressCommand({ AllocationId, NetworkInterfaceId }));
      await expect.poll(() => greeting(PublicIp), PATIENCE).toMatch(/^SSH-/);
    });

    test('leads another elastic IP to a further address of a first interface', async () => {
      const { NetworkInterfaces: [own] = [] } = await net.instance(asker.id);
      const of = { NetworkInterfaceId: own?.NetworkInterfaceId };
      const { AssignedPrivateIpAddresses: [assigned] = [] } = await net.ec2.send(
        new AssignPrivateIpAddressesCommand({ ...of, SecondaryPrivateIpAddressCount: 1 }),
      );
      const PrivateIpAddress = assigned?.PrivateIpAddress ?? '';
      const { AllocationId, PublicIp = '' } = await net.ec2.send(new AllocateAddressCommand({}));
      await net.ec2.send(new AssociateAddressCommand({ AllocationId, ...of, PrivateIpAddress }));
      expect(await greeting(PublicIp)).toBe('');
      await net.run(asker, `sudo ip address add ${PrivateIpAddress}/24 dev eth0`);
      await expect.poll(() => greeting(PublicIp), PATIENCE).toMatch(/^SSH-/);
    });

    test('comes with the machine that is launched with it, and outlives that', async () => {
      const card = async (subnet: string) => {
        const { NetworkInterface: made } = await net.ec2.send(
          new CreateNetworkInterfaceCommand({ SubnetId: subnet, Groups: [open] }),
        );
        return { id: made?.NetworkInterfaceId, address: made?.PrivateIpAddress ?? '' };
      };
      const [one, two] = [await card(first), await card(second)];
      const launched = await net.launchWith([
        { DeviceIndex: 1, NetworkInterfaceId: two.id },
        { DeviceIndex: 0, NetworkInterfaceId: one.id },
      ]);
      expect(launched.address).toBe(one.address);
      for (const at of [one.address, two.address]) {
        await expect.poll(net.reach(asker, at), PATIENCE).toBe(true);
      }
      expect(await net.run(launched, 'ip address show dev eth1')).toContain(two.address);
      await net.ec2.send(new TerminateInstancesCommand({ InstanceIds: [launched.id] }));
      await expect.poll(net.reach(asker, two.address), PATIENCE).toBe(false);
      const again = await net.launchWith([{ DeviceIndex: 0, NetworkInterfaceId: two.id }]);
      await expect.poll(net.reach(asker, two.address), PATIENCE).toBe(true);
      expect(await net.run(again, 'ip address show dev eth0')).toContain(two.address);
    });

    test('is there after a reboot, and gone when it is detached', async () => {
      await net.ec2.send(new RebootInstancesCommand({ InstanceIds: [machine.id] }));
      await expect.poll(net.reach(asker, address), PATIENCE).toBe(false);
      await expect.poll(net.reach(asker, address), PATIENCE).toBe(true);
      await net.ec2.send(new DetachNetworkInterfaceCommand({ AttachmentId }));
      await expect.poll(() => inside('ls /sys/class/net'), PATIENCE).not.toContain('eth1');
      expect(await net.reach(asker, address)()).toBe(false);
    });
  });
});
