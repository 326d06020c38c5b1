import {
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  DeleteRouteCommand,
  DeleteRouteTableCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DeleteVpcEndpointsCommand,
  DescribeManagedPrefixListsCommand,
  DescribeNetworkInterfacesCommand,
  DescribePrefixListsCommand,
  DescribeRouteTablesCommand,
  DescribeVpcEndpointServicesCommand,
  DescribeVpcEndpointsCommand,
  EC2Client,
  GetManagedPrefixListEntriesCommand,
  ModifyVpcAttributeCommand,
  ModifyVpcEndpointCommand,
  type CreateVpcEndpointCommandInput,
  type ModifyVpcEndpointCommandInput,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

let cloud: TestCloud;
let ec2: EC2Client;

beforeAll(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
});
afterAll(() => cloud[Symbol.asyncDispose]());

const S3 = 'com.amazonaws.us-east-1.s3';
const SQS = 'com.amazonaws.us-east-1.sqs';

async function newVpc() {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const VpcId = Vpc!.VpcId!;
  const zones = ['us-east-1a', 'us-east-1b', 'us-east-1a'];
  const subnets: string[] = [];
  for (const [at, AvailabilityZone] of zones.entries()) {
    const CidrBlock = `10.0.${at}.0/24`;
    const made = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone }));
    subnets.push(made.Subnet!.SubnetId!);
  }
  const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }));
  return { VpcId, subnets, tableId: RouteTable!.RouteTableId! };
}

async function create(input: CreateVpcEndpointCommandInput) {
  return (await ec2.send(new CreateVpcEndpointCommand(input))).VpcEndpoint!;
}

async function describe(id: string) {
  const answer = await ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] }));
  return answer.VpcEndpoints![0]!;
}

const modify = (input: ModifyVpcEndpointCommandInput) =>
  ec2.send(new ModifyVpcEndpointCommand(input));

async function routes(tableId: string) {
  const answer = await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [tableId] }));
  return answer.RouteTables![0]!.Routes!;
}

it('leads route tables to a gateway endpoint, and no longer', async () => {
  const { VpcId, tableId } = await newVpc();
  const Tags = [{ Key: 'Name', Value: 'larder' }];
  const made = await create({
    ...{ VpcId, ServiceName: S3, RouteTableIds: [tableId] },
    TagSpecifications: [{ ResourceType: 'vpc-endpoint', Tags }],
  });
  const VpcEndpointId = made.VpcEndpointId!;
  expect(made).toMatchObject({ State: 'available', VpcEndpointType: 'Gateway', Tags });
  const route = { DestinationPrefixListId: 'pl-63a5400a', GatewayId: VpcEndpointId };
  expect(await routes(tableId)).toContainEqual(
    expect.objectContaining({ ...route, State: 'active' }),
  );
  const destination = { RouteTableId: tableId, DestinationPrefixListId: 'pl-63a5400a' };
  await expect(ec2.send(new DeleteRouteCommand(destination))).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  });
  const second = { VpcId, ServiceName: S3, RouteTableIds: [tableId] };
  await expect(create(second)).rejects.toMatchObject({ name: 'RouteAlreadyExists' });

  await modify({ VpcEndpointId, RemoveRouteTableIds: [tableId] });
  expect(await routes(tableId)).toHaveLength(1);
  await modify({ VpcEndpointId, AddRouteTableIds: [tableId] });
  await ec2.send(new DeleteRouteTableCommand({ RouteTableId: tableId }));
  expect((await describe(VpcEndpointId)).RouteTableIds).toEqual([]);

  const mine = { Version: '2012-10-17', Statement: [] };
  await modify({ VpcEndpointId, PolicyDocument: JSON.stringify(mine) });
  expect(JSON.parse((await describe(VpcEndpointId)).PolicyDocument!)).toEqual(mine);
  await modify({ VpcEndpointId, ResetPolicy: true });
  expect((await describe(VpcEndpointId)).PolicyDocument).toContain('2008-10-17');
  await expect(modify({ VpcEndpointId, PolicyDocument: '{' })).rejects.toMatchObject({
    name: 'InvalidPolicyDocument',
  });
});

it('gives an interface endpoint a card a zone, names and groups', async () => {
  const { VpcId, subnets } = await newVpc();
  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({ VpcId, GroupName: 'pass', Description: 'pass' }),
  );
  const wish = {
    ...{ VpcId, ServiceName: SQS, VpcEndpointType: 'Interface' as const },
    ...{ SubnetIds: [subnets[0]!], SecurityGroupIds: [GroupId!], ClientToken: 'once' },
  };
  await expect(create(wish)).rejects.toMatchObject({
    name: 'InvalidParameter',
    message: expect.stringContaining('enableDnsHostnames') as string,
  });
  await ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames: { Value: true } }));
  const made = await create(wish);
  const VpcEndpointId = made.VpcEndpointId!;
  expect(made.State).toBe('pending');
  expect((await create(wish)).VpcEndpointId).toBe(VpcEndpointId);
  const names = made.DnsEntries!.map(({ DnsName }) => DnsName);
  expect(names).toEqual([
    expect.stringMatching(/^vpce-\w+-\w+\.sqs\.us-east-1\.vpce\.amazonaws\.com$/),
    expect.stringMatching(/^vpce-\w+-\w+-us-east-1a\.sqs\.us-east-1\.vpce\.amazonaws\.com$/),
    'sqs.us-east-1.amazonaws.com',
  ]);
  await expect(create({ ...wish, ClientToken: 'again' })).rejects.toMatchObject({
    message: expect.stringContaining('conflicting DNS domain') as string,
  });

  const cards = () =>
    ec2.send(
      new DescribeNetworkInterfacesCommand({
        Filters: [
          { Name: 'vpc-id', Values: [VpcId] },
          { Name: 'interface-type', Values: ['vpc_endpoint'] },
        ],
      }),
    );
  await modify({ VpcEndpointId, AddSubnetIds: [subnets[1]!] });
  const { NetworkInterfaces } = await cards();
  expect(NetworkInterfaces).toHaveLength(2);
  expect(NetworkInterfaces![0]!.Groups).toEqual([{ GroupId, GroupName: 'pass' }]);
  await expect(modify({ VpcEndpointId, AddSubnetIds: [subnets[2]!] })).rejects.toMatchObject({
    name: 'DuplicateSubnetsInSameZone',
  });
  for (const refused of [
    new DeleteSubnetCommand({ SubnetId: subnets[0] }),
    new DeleteSecurityGroupCommand({ GroupId }),
    new DeleteVpcCommand({ VpcId }),
  ]) {
    await expect(ec2.send(refused as DeleteVpcCommand)).rejects.toMatchObject({
      name: 'DependencyViolation',
    });
  }

  const VpcEndpointIds = [VpcEndpointId, 'vpce-0123456789abcdef0'];
  const { Unsuccessful } = await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds }));
  expect(Unsuccessful).toEqual([
    {
      ResourceId: 'vpce-0123456789abcdef0',
      Error: {
        Code: 'InvalidVpcEndpointId.NotFound',
        Message: "The Vpc Endpoint Id 'vpce-0123456789abcdef0' does not exist",
      },
    },
  ]);
  expect((await cards()).NetworkInterfaces).toEqual([]);
  await ec2.send(new DeleteSubnetCommand({ SubnetId: subnets[0] }));
  await ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
});

it('refuses services that there are not, and what the type does not have', async () => {
  const { VpcId, subnets, tableId } = await newVpc();
  const refusals = [
    [{ VpcId, ServiceName: 'com.amazonaws.us-east-1.none' }, 'InvalidServiceName'],
    [{ VpcId, ServiceName: SQS }, 'InvalidParameter'],
    [{ VpcId, ServiceName: S3, SubnetIds: subnets }, 'InvalidParameter'],
    [{ VpcId: 'vpc-0123456789abcdef0', ServiceName: S3 }, 'InvalidVpcID.NotFound'],
  ] as const;
  for (const [input, name] of refusals) {
    await expect(create(input as CreateVpcEndpointCommandInput)).rejects.toMatchObject({
      name,
    });
  }
  const { ServiceNames } = await ec2.send(
    new DescribeVpcEndpointServicesCommand({
      Filters: [{ Name: 'service-type', Values: ['Gateway'] }],
    }),
  );
  expect(ServiceNames).toEqual(['com.amazonaws.us-east-1.dynamodb', S3]);
  const byHand = { RouteTableId: tableId, DestinationPrefixListId: 'pl-63a5400a' };
  await expect(
    ec2.send(new CreateRouteCommand({ ...byHand, GatewayId: 'igw-0123456789abcdef0' })),
  ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
});

it("shows AWS's prefix lists beside the account's own", async () => {
  const Filters = [{ Name: 'prefix-list-name', Values: [S3] }];
  const { PrefixLists } = await ec2.send(new DescribePrefixListsCommand({ Filters }));
  expect(PrefixLists).toMatchObject([{ PrefixListId: 'pl-63a5400a', PrefixListName: S3 }]);
  const managed = await ec2.send(new DescribeManagedPrefixListsCommand({ Filters }));
  expect(managed.PrefixLists).toMatchObject([{ OwnerId: 'AWS', PrefixListId: 'pl-63a5400a' }]);
  const PrefixListId = 'pl-63a5400a';
  const { Entries } = await ec2.send(new GetManagedPrefixListEntriesCommand({ PrefixListId }));
  expect(Entries!.map(({ Cidr }) => Cidr)).toEqual(PrefixLists![0]!.Cidrs!.toSorted());
});
