import {
  CreateKeyPairCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeInstancesCommand,
  EC2Client,
  type Instance,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { expect, vi } from 'vitest';
import { doorOf } from '../../src/compute/network/addresses.ts';
import { startTestCloud, type TestCloud } from '../cloud.ts';
import { GuestShell } from '../guest-shell.ts';

const PATIENCE = { timeout: 30_000, interval: 100 };

/** Machines of a cloud whose packets are carried, and what one of them sees of another. */
export class VpcUnderTest implements AsyncDisposable {
  readonly ec2: EC2Client;
  readonly #cloud: TestCloud;
  readonly #shell: GuestShell;

  private constructor(cloud: TestCloud, ec2: EC2Client, shell: GuestShell) {
    this.#cloud = cloud;
    this.ec2 = ec2;
    this.#shell = shell;
  }

  static async start(): Promise<VpcUnderTest> {
    const cloud = await startTestCloud({ compute: 'namespaces' });
    const ec2 = cloud.client(EC2Client);
    const { KeyMaterial = '' } = await ec2.send(
      new CreateKeyPairCommand({ KeyName: 'tests', KeyType: 'ed25519' }),
    );
    return new VpcUnderTest(cloud, ec2, new GuestShell(KeyMaterial));
  }

  async vpc(CidrBlock: string): Promise<string> {
    const { Vpc } = await this.ec2.send(new CreateVpcCommand({ CidrBlock }));
    return Vpc?.VpcId ?? '';
  }

  async subnet(VpcId: string, CidrBlock: string): Promise<string> {
    const { Subnet } = await this.ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock }));
    return Subnet?.SubnetId ?? '';
  }

  async group(VpcId: string, GroupName: string): Promise<string> {
    const { GroupId = '' } = await this.ec2.send(
      new CreateSecurityGroupCommand({ VpcId, GroupName, Description: 'a test' }),
    );
    return GroupId;
  }

  /** Launches an instance and waits until its SSH server lets one in by the door. */
  async launch(SubnetId: string, group: string, publicAddress = false): Promise<Machine> {
    const { Instances: [launched] = [] } = await this.ec2.send(
      new RunInstancesCommand({
        ...{
          ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
          InstanceType: 't3.nano',
          MinCount: 1,
          MaxCount: 1,
        },
        KeyName: 'tests',
        NetworkInterfaces: [
          {
            DeviceIndex: 0,
            SubnetId,
            Groups: [group],
            AssociatePublicIpAddress: publicAddress,
          },
        ],
      }),
    );
    const id = launched?.InstanceId ?? '';
    await vi.waitFor(() => this.run({ id }, 'true'), PATIENCE);
    const instance = await this.instance(id);
    return { id, address: instance.PrivateIpAddress ?? '', public: instance.PublicIpAddress ?? '' };
  }

  async instance(id: string): Promise<Instance> {
    const { Reservations } = await this.ec2.send(
      new DescribeInstancesCommand({ InstanceIds: [id] }),
    );
    return Reservations?.[0]?.Instances?.[0] ?? {};
  }

  /** Runs a command inside, by the way that no rule closes. */
  run({ id }: Pick<Machine, 'id'>, command: string): Promise<string> {
    return this.#shell.run(doorOf(id), command);
  }

  /** Whether one machine gets to an address, SSH's port unless said otherwise: soon, or not at all. */
  async expectReach(from: Machine, address: string, reaches: boolean, port = 22): Promise<void> {
    const command = `nc -w 2 ${address} ${port} </dev/null 2>&1 | head -c 4; true`;
    await expect
      .poll(() => this.run(from, command), { ...PATIENCE, message: `${address}:${port}` })
      .toBe(reaches ? 'SSH-' : '');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#shell[Symbol.dispose]();
    await this.#cloud[Symbol.asyncDispose]();
  }
}

export interface Machine {
  readonly id: string;
  readonly address: string;
  readonly public: string;
}
