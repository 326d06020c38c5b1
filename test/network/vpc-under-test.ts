import {
  AllocateAddressCommand,
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateKeyPairCommand,
  CreateNatGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeInstancesCommand,
  DescribeRouteTablesCommand,
  DescribeVpcsCommand,
  EC2Client,
  type Instance,
  type InstanceNetworkInterfaceSpecification,
  type RouteTable,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { vi } from 'vitest';
import type { DriverName } from '../../src/compute/driver.ts';
import { doorOf } from '../../src/compute/network/addresses.ts';
import { run } from '../../src/compute/run.ts';
import { startTestCloud, type TestCloud } from '../cloud.ts';
import { GuestShell } from '../guest-shell.ts';

const PATIENCE = { timeout: 90_000, interval: 100 };

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

  static async start(compute: 'namespaces' | 'qemu' = 'namespaces'): Promise<VpcUnderTest> {
    const cloud = await startTestCloud({ compute });
    const ec2 = cloud.client(EC2Client);
    const { KeyMaterial = '' } = await ec2.send(
      new CreateKeyPairCommand({ KeyName: 'tests', KeyType: 'ed25519' }),
    );
    return new VpcUnderTest(cloud, ec2, new GuestShell(KeyMaterial));
  }

  /** PEM of the authority that vouches for AWS's names. */
  async authority(): Promise<string> {
    const path = '/_alacarte/certificate-authority';
    const answer = await fetch(`${this.#cloud.endpoint}${path}`);
    return ((await answer.json()) as { certificate: string }).certificate;
  }

  async vpc(CidrBlock: string): Promise<string> {
    const { Vpc } = await this.ec2.send(new CreateVpcCommand({ CidrBlock }));
    return Vpc?.VpcId ?? '';
  }

  async subnet(VpcId: string, CidrBlock: string): Promise<string> {
    const { Subnet } = await this.ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock }));
    return Subnet?.SubnetId ?? '';
  }

  /** A VPC with an IPv6 block, and two subnets of both. */
  async dualStack(prefix: string): Promise<{ vpc: string; subnets: [string, string] }> {
    const block = { CidrBlock: `${prefix}.0.0/16`, AmazonProvidedIpv6CidrBlock: true };
    const { Vpc } = await this.ec2.send(new CreateVpcCommand(block));
    const VpcId = Vpc?.VpcId ?? '';
    const { Vpcs } = await this.ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }));
    const whole = Vpcs?.[0]?.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock ?? '';
    const subnet = async (third: number) => {
      const Ipv6CidrBlock = whole.replace(/00::\/56$/, `0${third}::/64`);
      const CidrBlock = `${prefix}.${third}.0/24`;
      const { Subnet } = await this.ec2.send(
        new CreateSubnetCommand({ VpcId, CidrBlock, Ipv6CidrBlock }),
      );
      return Subnet?.SubnetId ?? '';
    };
    return { vpc: VpcId, subnets: [await subnet(1), await subnet(2)] };
  }

  async group(VpcId: string, GroupName: string): Promise<string> {
    const { GroupId = '' } = await this.ec2.send(
      new CreateSecurityGroupCommand({ VpcId, GroupName, Description: 'a test' }),
    );
    return GroupId;
  }

  /** Launches an instance and waits until its SSH server lets one in by the door. */
  launch(
    SubnetId: string,
    group: string,
    publicAddress = false,
    driver?: DriverName,
  ): Promise<Machine> {
    const own = { SubnetId, Groups: [group], AssociatePublicIpAddress: publicAddress };
    return this.launchWith([{ DeviceIndex: 0, ...own }], driver);
  }

  /** The same with these interfaces. */
  async launchWith(
    NetworkInterfaces: InstanceNetworkInterfaceSpecification[],
    driver?: DriverName,
  ): Promise<Machine> {
    const Tags = driver && [{ Key: 'alacarte:driver', Value: driver }];
    const { Instances: [launched] = [] } = await this.ec2.send(
      new RunInstancesCommand({
        ...{
          ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
          InstanceType: 't3.nano',
          MinCount: 1,
          MaxCount: 1,
        },
        KeyName: 'tests',
        ...(Tags && { TagSpecifications: [{ ResourceType: 'instance', Tags }] }),
        NetworkInterfaces,
      }),
    );
    const id = launched?.InstanceId ?? '';
    await vi.waitFor(() => this.run({ id }, 'true'), PATIENCE);
    const instance = await this.instance(id);
    const { PrivateIpAddress = '', PublicIpAddress = '', Ipv6Address = '' } = instance;
    return { id, address: PrivateIpAddress, public: PublicIpAddress, ipv6: Ipv6Address };
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

  /** Runs a command in the router of a machine's VPC. */
  async inRouter({ id }: Machine, command: string): Promise<string> {
    const { VpcId = '' } = await this.instance(id);
    const all = JSON.parse(await run('ip', ['-j', 'netns', 'list'])) as { name: string }[];
    const router = all.find(({ name }) => name.endsWith(VpcId))?.name ?? '';
    return await run('ip', ['netns', 'exec', router, 'sh', '-c', command]);
  }

  /** Opens SSH's port to a block. */
  async admit(GroupId: string, CidrIp: string): Promise<void> {
    const rule = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp };
    await this.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, ...rule }));
  }

  /** The main route table of a VPC. */
  async mainTable(vpc: string): Promise<string> {
    const { RouteTables } = await this.ec2.send(
      new DescribeRouteTablesCommand({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] }),
    );
    const isMain = (table: RouteTable) => table.Associations?.some(({ Main }) => Main);
    return RouteTables?.find(isMain)?.RouteTableId ?? '';
  }

  /** Gives a VPC a way to the internet, and its main route table a route to it. */
  async connect(VpcId: string): Promise<void> {
    const { InternetGateway } = await this.ec2.send(new CreateInternetGatewayCommand({}));
    const GatewayId = InternetGateway?.InternetGatewayId;
    await this.ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId: GatewayId, VpcId }));
    const RouteTableId = await this.mainTable(VpcId);
    const everywhere = { RouteTableId, DestinationCidrBlock: '0.0.0.0/0' };
    await this.ec2.send(new CreateRouteCommand({ ...everywhere, GatewayId }));
  }

  /** Has what leaves one subnet go by a NAT gateway in another. */
  async leadToNat(VpcId: string, subnets: { readonly from: string; readonly by: string }) {
    const { RouteTable } = await this.ec2.send(new CreateRouteTableCommand({ VpcId }));
    const RouteTableId = RouteTable?.RouteTableId ?? '';
    const association = { RouteTableId, SubnetId: subnets.from };
    await this.ec2.send(new AssociateRouteTableCommand(association));
    const { AllocationId } = await this.ec2.send(new AllocateAddressCommand({}));
    const { NatGateway } = await this.ec2.send(
      new CreateNatGatewayCommand({ SubnetId: subnets.by, AllocationId }),
    );
    const NatGatewayId = NatGateway?.NatGatewayId;
    const everywhere = { RouteTableId, DestinationCidrBlock: '0.0.0.0/0' };
    await this.ec2.send(new CreateRouteCommand({ ...everywhere, NatGatewayId }));
  }

  /** Asks whether one machine gets to SSH's port of an address. */
  reach(from: Machine, address: string): () => Promise<boolean> {
    // One whose answers are dropped from some moment on would wait for ever.
    const command = `timeout 5 nc -w 2 ${address} 22 </dev/null 2>/dev/null | head -c 4`;
    return async () => (await this.run(from, command)) === 'SSH-';
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
  readonly ipv6: string;
}
